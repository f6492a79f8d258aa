import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { expect, it } from "vitest";

const src = new URL("../src/", import.meta.url);

/** Returns the files of the UI that a file imports, by their paths in `src`. */
function imports(file: string): string[] {
  const source = readFileSync(new URL(file, src), "utf8");
  const paths = [...source.matchAll(/^\s*(?:import|export)\b[^;"]*"(\.[^"]+)";$/gm)].map((found) => found[1] ?? "");
  return paths.map((path) => join(dirname(file), path));
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => /\.(ts|svelte)$/.test(path));
const graph = new Map(files.map((file) => [file, imports(file).flatMap((path) => found(path))]));

function found(path: string): string[] {
  return [path, `${path}.ts`].filter((candidate) => files.includes(candidate));
}

/** Returns the files of a circle that leads from a file back to the same file; undefined if there is none. */
function circle(start: string): string[] | undefined {
  const seen = new Set<string>();
  const walk = (file: string, path: string[]): string[] | undefined => {
    for (const next of graph.get(file) ?? []) {
      if (next === start) return [...path, file, next];
      if (seen.has(next)) continue;
      seen.add(next);
      const closed = walk(next, [...path, file]);
      if (closed) return closed;
    }
    return undefined;
  };
  return walk(start, []);
}

it("no two files of the window import each other, directly or through others", () => {
  expect(graph.get("main.ts")).toEqual(["App.svelte", "ipc/once.ts"]);
  expect(graph.get("App.svelte")).toContain("pages/pages.ts");
  expect(files.flatMap((file) => circle(file) ?? [])).toEqual([]);
});
