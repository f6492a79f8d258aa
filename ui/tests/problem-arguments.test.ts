import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problemArgument } from "../src/words/problem-arguments";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");

/** Returns the strings of the list `name` in a source file. */
function list(source: string, name: string): string[] {
  const found = new RegExp(`const ${name}\\b[^=]*=\\s*([\\s\\S]*?);`).exec(source)?.[1] ?? "";
  return [...found.matchAll(/"([a-z]+)"/g)].map((match) => match[1] ?? "").sort();
}

describe("the parameters of a problem", () => {
  it("have their dates as banks print them", () => {
    expect(problemArgument("until", "2027-10-28 12:00", "ja")).toBe("2027年10月28日 12:00");
    expect(problemArgument("until", "2027-10-28", "ja")).toBe("2027年10月28日");
    expect(problemArgument("until", "2027-10-28 12:00", "en")).toBe("28 Oct 2027 12:00");
  });

  it("keep what is no date and no number", () => {
    expect(problemArgument("user", "2027-10-28", "ja")).toBe("2027-10-28");
    expect(problemArgument("until", "20990229235959Z", "ja")).toBe("20990229235959Z");
    expect(problemArgument("number", "7", "ja")).toBe("7");
    expect(problemArgument("max", "12", "ja")).toBe(12);
  });

  it("are those of the command line", () => {
    const rust = read("../../crates/protocol/src/text_parameter.rs");
    const ts = read("../src/words/problem-arguments.ts");
    for (const name of ["DATES", "NUMBERS"]) {
      expect(list(ts, name).length, name).toBeGreaterThan(10);
      expect(list(ts, name), name).toEqual(list(rust, name));
    }
  });
});
