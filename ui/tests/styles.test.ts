import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const src = new URL("../src/", import.meta.url);
const styles = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.(svelte|css)$/.test(path))
  .map((path) => ({ path, text: readFileSync(new URL(path, src), "utf8") }))
  .map(({ path, text }) => ({
    path,
    css: path.endsWith(".css") ? text : (/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? ""),
  }));
const all = (pattern: RegExp) =>
  styles.flatMap(({ path, css }) => [...css.matchAll(pattern)].map((found) => `${path}: ${found[0]}`));

it("sizes of text, and of what holds text, grow with the root: rem, or a token (WCAG 1.4.4)", () => {
  expect(all(/(?<![\w-])font-size:[^;]*\dpx/g)).toEqual([]);
  // Lines and dots, and the one pixel of what only a screen reader meets, may be in pixels.
  expect(all(/(?<![\w-])(?:(?:min|max)-)?(?:height|width): *[1-9]\d+px/g)).toEqual([]);
});

it("what fits is asked of the window's box, which knows the size of the text: @container window, in rem", () => {
  expect(all(/@media[^{]*(?:width|height)[^{]*/g)).toEqual([]);
  expect(all(/@container[^{]*\dpx[^{]*/g)).toEqual([]);
});

it("colours come from the tokens alone", () => {
  const others = all(/#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklch)a?\(/gi).filter((found) => !found.startsWith("tokens.css"));
  expect(others).toEqual([]);
});

it("distances come from the tokens, but for an odd number of pixels, which sets what is drawn right by eye", () => {
  const distances = all(/(?<![\w-])(?:gap|(?:row|column)-gap|padding[\w-]*|margin[\w-]*):[^;]*\dpx[^;]*/g);
  const even = distances.filter((found) =>
    [...found.matchAll(/(\d+)px/g)].some(([, pixels]) => Number(pixels) % 2 === 0),
  );
  expect(even).toEqual([]);
});
