import { FluentParser, type VariableReference, Visitor } from "@fluent/syntax";
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";

const src = new URL("../src/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, src), "utf8");
const catalogue = (language: string) =>
  readdirSync(new URL(`words/${language}/`, src))
    .map((file) => read(`words/${language}/${file}`))
    .join("\n");
const catalogues = { ja: catalogue("ja"), en: catalogue("en") };
/** The tables of a module of names. */
type Names = Record<string, Record<string, string | null>>;
const names = Object.assign(
  {},
  ...Object.values(import.meta.glob<Names>("../src/words/names/*.ts", { eager: true })),
) as Names;
const problems = readFileSync(new URL("../../crates/protocol/locales/ja/problems.ftl", import.meta.url), "utf8");

/** The attributes that people read. */
const READ = new Set(["aria-label", "title", "placeholder", "alt"]);

/** Returns the texts that stand in the markup of a component itself. Marks beside what comes from outside are no words. */
function literals(source: string): string[] {
  const found: string[] = [];
  const look = (node: unknown, name = ""): void => {
    if (Array.isArray(node)) return node.forEach((one) => look(one, name));
    if (typeof node !== "object" || node === null) return;
    const one = node as { type?: string; name?: string; data?: string };
    if (one.type === "Text" && (name === "" || READ.has(name)) && !/^[\s·／:：（）—?]*$/.test(one.data ?? "")) {
      found.push((one.data ?? "").trim());
    }
    const within = one.type === "Attribute" ? (one.name ?? "") : name;
    Object.values(one).forEach((part) => look(part, within));
  };
  look(parse(source, { modern: true }).fragment);
  return found;
}

/** Collects the variables in the nodes that it visits. */
class Variables extends Visitor {
  readonly found = new Set<string>();

  override visitVariableReference(node: VariableReference): void {
    this.found.add(node.id.name);
  }
}

/** Returns every variable of each message, by the message's id. Throws an error if Fluent cannot read the source. */
function variables(source: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const entry of new FluentParser().parse(source).body) {
    if (entry.type === "Junk") throw new Error(`unreadable: ${source.slice(entry.span?.start, entry.span?.end)}`);
    if (entry.type !== "Message") continue;
    if (found.has(entry.id.name)) throw new Error(`stands twice: ${entry.id.name}`);
    const visitor = new Variables();
    visitor.visit(entry);
    found.set(entry.id.name, [...visitor.found].sort());
  }
  return found;
}

/** Returns the text of each message, with its id. */
function spoken(source: string): { id: string; text: string }[] {
  return new FluentParser().parse(source).body.flatMap((entry) => {
    if (entry.type !== "Message") return [];
    return [{ id: entry.id.name, text: source.slice(entry.span?.start, entry.span?.end).replace(/^[^=]+=/, "") }];
  });
}

const components = readdirSync(src, { recursive: true, encoding: "utf8" })
  // The bindings are generated: their comments are Rust's.
  .filter((path) => /\.(svelte|ts)$/.test(path) && path !== "ipc/bindings.ts")
  .map((path) => ({ path, text: read(path) }));

const namedIds = Object.values(names).flatMap((map) => Object.values(map).filter((id) => id !== null));

/** Returns the ids that components name: the first argument of t(), or both branches if it is a choice. */
function asked(text: string): string[] {
  return [...text.matchAll(/\bt\(\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

describe("the catalogues", () => {
  const ja = variables(catalogues.ja);
  const en = variables(catalogues.en);

  it("have the same messages with the same variables", () => {
    expect([...en.keys()].sort()).toEqual([...ja.keys()].sort());
    for (const [id, used] of ja) expect(en.get(id), id).toEqual(used);
  });

  it("hold every message that is asked for, and none that is not", () => {
    const literals = components.flatMap(({ text }) => asked(text));
    const inTables = components.flatMap(({ text }) =>
      [...text.matchAll(/"(top-login-[a-z]+)"/g)].map((m) => m[1] ?? ""),
    );
    const used = new Set([...literals, ...namedIds, ...inTables]);
    const known = new Set([...ja.keys(), ...variables(problems).keys()]);
    expect([...used].filter((id) => !known.has(id))).toEqual([]);
    expect([...ja.keys()].filter((id) => !used.has(id))).toEqual([]);
  });

  it("are asked only by an id that stands there or in a table of names", () => {
    const tables = Object.keys(names).join("|");
    const allowed = new RegExp(`^(?:"[a-z0-9-]+"|(?:${tables})\\[|turns\\[|way\\b|id: string)`);
    for (const { path, text } of components) {
      for (const match of text.matchAll(/\bt\(\s*([^)]{1,40})/g)) expect(match[1], path).toMatch(allowed);
    }
  });

  it("keep Japanese out of the components and out of the English words", () => {
    const japanese = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}\u3000-\u303F\uFF00-\uFFEF]/u;
    for (const { path, text } of components) expect(japanese.test(text), path).toBe(false);
    expect(japanese.test(catalogues.en)).toBe(false);
  });

  it("keep English out of the Japanese words, but for names and terms", () => {
    const allowed = new Set([
      "Inkan",
      "ID",
      "PIN",
      "SHA",
      "https",
      "English",
      "Ctrl",
      "Alt",
      "RSA",
      "EC",
      "Web",
      "URL",
      "PEM",
      "DER",
      "OS",
    ]);
    for (const { id, text } of spoken(catalogues.ja)) {
      const words = text.replace(/\{[^{}]*\$[^{}]*->|\{[^{}]*\}|\[\w+\]/g, "");
      const foreign = (words.match(/[A-Za-z]{2,}/g) ?? []).filter((word) => !allowed.has(word));
      expect(foreign, id).toEqual([]);
    }
  });

  it("hold to one kind of parentheses and of colon, and to one word for the PC, in Japanese", () => {
    const locales = ["protocol/locales/ja/problems", "client/locales/ja/check-up", "client/locales/ja/form"];
    const others = locales.map((path) => readFileSync(new URL(`../../crates/${path}.ftl`, import.meta.url), "utf8"));
    for (const entry of [catalogues.ja, ...others].flatMap((source) => spoken(source))) {
      expect(entry.text, entry.id).not.toMatch(/[()]|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}}]:\s|PC/u);
    }
  });

  it("hold to one kind of apostrophe, and to one word for the PC, in English", () => {
    for (const { id, text } of spoken(catalogues.en)) expect(text, id).not.toMatch(/\w'\w|\bcomputer\b/);
  });

  it("leave no words and no stray marks in the markup of components", () => {
    expect(literals('<p title="a">{b}<i aria-label={c} class="d">></i> · e</p>')).toEqual(["a", ">", "· e"]);
    for (const { path, text } of components.filter(({ path }) => path.endsWith(".svelte"))) {
      expect(literals(text), path).toEqual([]);
    }
  });
});
