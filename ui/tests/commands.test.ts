import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const src = new URL("../src/", import.meta.url);
const bindings = readFileSync(new URL("ipc/bindings.ts", src), "utf8");

/** The name of each command in the window, and its name in Rust. */
const commands = new Map(
  [...bindings.matchAll(/^\t(\w+): \(.*\b__TAURI_INVOKE(?:<.*>)?\("(\w+)"/gm)].map(([, name, command]) => [
    name,
    command,
  ]),
);

/** The source files of the window, without comments. */
const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.(svelte|ts)$/.test(file) && file !== "ipc/bindings.ts")
  .map((file) => ({ file, text: withoutComments(readFileSync(new URL(file, src), "utf8")) }));

function withoutComments(text: string): string {
  return text.replace(/<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, "");
}

/** Returns the commands that a source file calls or passes on. A command whose type alone is named is left out. */
function called(text: string): string[] {
  return [...text.matchAll(/(typeof\s+)?\bcommands\.(\w+)/g)].flatMap(([, type, name]) =>
    type || !name ? [] : [name],
  );
}

describe("the commands of the shell", () => {
  it("are read from the bindings", () => {
    expect(commands.get("logInWithCertificate")).toBe("log_in_with_certificate");
    expect(commands.size).toBe(bindings.match(/\b__TAURI_INVOKE\b.*\("/g)?.length);
    expect(called("run(commands.a()); keep(commands.b); let c: typeof commands.c; // commands.d()")).toEqual([
      "a",
      "b",
      "d",
    ]);
    expect(called(withoutComments("commands.a(); // commands.b()\n/* commands.c() */ <!-- commands.d() -->"))).toEqual([
      "a",
    ]);
    expect(withoutComments('"https://bank.example"')).toBe('"https://bank.example"');
  });

  it("are all called by the window", () => {
    const used = new Set(sources.flatMap(({ text }) => called(text)));
    expect([...commands.keys()].filter((name) => name && !used.has(name))).toEqual([]);
  });

  it("are all that the window names", () => {
    const unknown = sources.flatMap(({ file, text }) =>
      called(text)
        .filter((name) => !commands.has(name))
        .map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it("are called through the bindings alone", () => {
    const past = sources.filter(({ text }) => /__TAURI|\binvoke\b/.test(text)).map(({ file }) => file);
    expect(past).toEqual([]);
  });
});
