import { parse } from "svelte/compiler";

/** Elements whose content is text alone, or code, whose lines may end anywhere. */
const PLAIN = new Set(["title", "option", "textarea", "style", "script", "pre", "code", "text"]);
const PART = "src/parts/controls/Phrases.svelte";

/** Returns the text expressions of a component. */
function texts(node) {
  if (Array.isArray(node)) return node.flatMap(texts);
  if (typeof node !== "object" || node === null) return [];
  if (node.type === "ExpressionTag") return [node];
  if (node.type === "SvelteHead" || PLAIN.has(node.name)) return [];
  // Attributes and expressions hold no text of their own. What a part is given, the part shows.
  return Object.entries(node).flatMap(([name, child]) =>
    ["attributes", "expression", "metadata", "instance", "module", "css"].includes(name) ? [] : texts(child),
  );
}

/**
 * Returns a preprocessor that shows each text expression of a component by the part `Phrases`, so that the lines of a
 * Japanese text end between phrases: WebKit does not know `word-break: auto-phrase`. `{t("title")}` becomes
 * `<Phrases text={t("title")} />`. Text in attributes stays.
 */
export function phrases() {
  return {
    name: "phrases",
    markup({ content, filename }) {
      const file = filename?.replaceAll("\\", "/") ?? "";
      if (!file.includes("/src/") || file.endsWith(PART)) return undefined;
      const { fragment, instance } = parse(content, { modern: true });
      const found = texts(fragment).sort((one, other) => other.start - one.start);
      if (found.length === 0) return undefined;
      let code = content;
      for (const { start, end } of found) {
        code = `${code.slice(0, start)}<Phrases text=${code.slice(start, end)} />${code.slice(end)}`;
      }
      const wanted = `import Phrases from "@phrases";`;
      if (!instance) return { code: `<script lang="ts">${wanted}</script>\n${code}` };
      // The script comes before the markup, or the markup has changed its place.
      const at = code.indexOf(">", code.indexOf("<script lang")) + 1;
      return { code: `${code.slice(0, at)}${wanted}${code.slice(at)}` };
    },
  };
}
