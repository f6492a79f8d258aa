import { readFileSync } from "node:fs";
import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";
import { phrases as preprocessor } from "../phrases.js";
import { phrases } from "../src/words/phrases";
import { allTexts } from "./catalogues";

describe("the phrases of a text", () => {
  it("are those that a reader would part", () => {
    expect(phrases("この電子証明書は、このパソコンでだけ使えます。")).toEqual([
      "この",
      "電子証明書は、",
      "この",
      "パソコンでだけ",
      "使えます。",
    ]);
    expect(phrases("続けてログインする")).toEqual(["続けて", "ログインする"]);
  });

  it(
    "are the text of each message, and begin with no particle alone, no counter and no closing mark",
    { timeout: 60_000 },
    () => {
      for (const { where, text } of allTexts("ja")) {
        const [line = ""] = text.split("\n");
        const parts = phrases(line);
        if (parts.length === 0) continue;
        expect(parts.join(""), where).toBe(line);
        expect(
          parts.slice(1).filter((part) => /^(?:.|[\u3001\u3002\uff09\u300d\u30fb\u30fc].*)$/u.test(part)),
          where,
        ).toEqual([]);
        expect(
          parts.slice(0, -1).filter((part) => /\d$/.test(part)),
          where,
        ).toEqual([]);
      }
    },
  );

  it("are not looked for in English, in numbers and in reports", () => {
    for (const text of ["Log in", "hanakodt", "3,480,000", "5d3779b15d3779b1", "字".repeat(601)])
      expect(phrases(text)).toEqual([]);
  });
});

describe("the preprocessor", () => {
  const of = (content: string) => preprocessor().markup({ content, filename: "/src/pages/X.svelte" })?.code;

  it("shows each text of a component by phrases, and leaves attributes and titles", () => {
    const source = `<script lang="ts">let a = 1;</script><svelte:head><title>{a}</title></svelte:head><p title={a}>{a}</p>`;
    expect(of(source)).toBe(
      source
        .replace("let", `import Phrases from "@phrases";let`)
        .replace("<p title={a}>{a}", "<p title={a}><Phrases text={a} />"),
    );
  });

  it("leaves a component that has no text as it is", () => {
    expect(of(`<script lang="ts">let a = 1;</script><i class={a}></i>`)).toBeUndefined();
  });

  it("makes what the compiler can read", () => {
    const path = new URL("../src/parts/problems/ProblemNote.svelte", import.meta.url);
    expect(() => parse(of(readFileSync(path, "utf8")) ?? "<", { modern: true })).not.toThrow();
  });
});
