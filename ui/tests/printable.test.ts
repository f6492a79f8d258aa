import { readdirSync, readFileSync } from "node:fs";
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";
import { outcome } from "../src/ipc/call";
import { shown, shownLines } from "../src/words/printable";
import vectors from "../../crates/protocol/vectors/printable.json";

const src = new URL("../src/", import.meta.url);

/** The functions that return text which can be shown as it is. */
const ESCAPED = new Set([
  ...["t", "local", "localLines", "shown", "shownLines"],
  ...["dateText", "dateTimeText", "shortDateText", "shortDateTimeText", "untilText"],
  ...["loginIdTerm", "passwordTerm", "inText", "reasonsOf", "systemText", "whyUnusable"],
]);
/** The attributes that people read. */
const READ = new Set(["aria-label", "aria-description", "title", "placeholder", "alt"]);

type Node = { type: string; start: number; end: number } & Record<string, unknown>;

/** Returns the expressions whose value an expression may have. */
function values(expression: Node): Node[] {
  const child = (name: string) => values(expression[name] as Node);
  if (expression.type === "ConditionalExpression") return [...child("consequent"), ...child("alternate")];
  if (expression.type === "LogicalExpression") return [...child("left"), ...child("right")];
  return [expression];
}

function isEscaped(expression: Node): boolean {
  if (expression.type === "Literal") return true;
  const callee = expression["callee"] as { name?: string } | undefined;
  return expression.type === "CallExpression" && ESCAPED.has(callee?.name ?? "");
}

/** Returns the values that a component shows without escaping them, in text or in attributes that people read. */
function unescaped(source: string): string[] {
  const found: string[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(look);
    if (typeof node !== "object" || node === null) return;
    const one = node as Node;
    if (one.type === "ExpressionTag") {
      const raw = values(one["expression"] as Node).filter((value) => !isEscaped(value));
      found.push(...raw.map(({ start, end }) => source.slice(start, end)));
    } else if (one.type === "Attribute") {
      if (READ.has(one["name"] as string)) look(one["value"]);
    } else {
      const parts = Object.entries(one).filter(([name]) => name !== "expression");
      // What a component is given, it shows itself.
      parts
        .filter(([name]) => name !== "attributes" || one.type === "RegularElement")
        .forEach(([, part]) => look(part));
    }
  };
  look(parse(source, { modern: true }).fragment);
  return found;
}

describe("text from outside", () => {
  it("is escaped in the window as in the terminal", () => {
    expect(vectors.stays.filter((text) => shown(text) !== text)).toEqual([]);
    expect(vectors.escaped.map(({ text }) => shown(text))).toEqual(vectors.escaped.map((vector) => vector.shown));
  });

  it("keeps the lines of a report", () => {
    expect(shownLines("a\nb\tc")).toBe("a\nb\tc");
    expect(shownLines("a\u001b\n\u202eb\r\n")).toBe("a\\u{1b}\n\\u{202e}b\\u{d}\n");
    expect(shown(7)).toBe(7);
    expect(shown(null)).toBe(null);
  });

  it("is told from what is escaped", () => {
    const source =
      '<p title={a}>{b ? t("x") : c.d}{shown(e)}{"f"}</p><button disabled={g} aria-label={t("x")}>{h ?? i()}</button>';
    expect(unescaped(source)).toEqual(["a", "c.d", "h", "i()"]);
  });

  it("is shown by no component as it came", { timeout: 60_000 }, () => {
    // `Phrases` shows the text expressions of the others, which are looked at where they are written.
    const components = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
      (file) => file.endsWith(".svelte") && !file.endsWith("Phrases.svelte"),
    );
    expect(components.length).toBeGreaterThan(100);
    const raw = components.flatMap((file) =>
      unescaped(readFileSync(new URL(file, src), "utf8")).map((expression) => `${file}: ${expression}`),
    );
    expect(raw).toEqual([]);
  });

  it("goes back to the shell as it came", async () => {
    const data = { id: "hana\u200bko", subject: "CN=\u202ehanako" };
    expect(await outcome(Promise.resolve({ status: "ok", data }))).toEqual({ status: "ok", data });
  });
});
