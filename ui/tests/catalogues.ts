import { FluentParser, type Pattern } from "@fluent/syntax";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Language } from "../src/ipc/bindings";

const root = new URL("../../", import.meta.url);

/** A text of a catalogue: where it is, its source, and what it says, with each of its variants in a line of its own. */
export type CatalogueText = { where: string; source: string; text: string };

/** Returns the folders of all catalogues of a language: the window's, and each crate's that has one. */
function folders(language: Language): string[] {
  const crates = readdirSync(new URL("crates/", root)).map((crate) => `crates/${crate}/locales/${language}/`);
  const found = [`ui/src/words/${language}/`, `src-tauri/locales/${language}/`, ...crates];
  return found.filter((folder) => existsSync(new URL(folder, root)));
}

/** Returns the variants of a pattern as lines. A placeable stays as it is written, a literal is its text. */
function lines(pattern: Pattern, source: string): string[] {
  let made = [""];
  const add = (endings: string[]) => {
    made = made.flatMap((line) => endings.map((ending) => line + ending));
  };
  for (const element of pattern.elements) {
    if (element.type === "TextElement") add([element.value]);
    else if (element.expression.type === "SelectExpression")
      add(element.expression.variants.flatMap(({ value }) => lines(value, source)));
    else if (element.expression.type === "StringLiteral") add([element.expression.parse().value]);
    else add([source.slice(element.span?.start, element.span?.end)]);
    // A message with many selects has too many variants; its first ones have all its words between them.
    if (made.length > 512) made = made.filter((_, at) => at % 4 === 0);
  }
  return made;
}

/** Returns the texts of all catalogues of a language, of the window and of the crates. */
export function allTexts(language: Language): CatalogueText[] {
  return folders(language).flatMap((folder) =>
    readdirSync(new URL(folder, root)).flatMap((file) => {
      const source = readFileSync(new URL(folder + file, root), "utf8");
      return new FluentParser().parse(source).body.flatMap((entry) => {
        if (entry.type === "Junk") throw new Error(`unreadable: ${folder}${file}: ${entry.content}`);
        if (entry.type !== "Message" && entry.type !== "Term") return [];
        const parts = [
          ...(entry.value ? [{ name: entry.id.name, pattern: entry.value }] : []),
          ...entry.attributes.map(({ id, value }) => ({ name: `${entry.id.name}.${id.name}`, pattern: value })),
        ];
        return parts.map(({ name, pattern }) => ({
          where: `${folder}${file}: ${name}`,
          source: source.slice(pattern.span?.start, pattern.span?.end),
          text: [...new Set(lines(pattern, source))].join("\n"),
        }));
      });
    }),
  );
}
