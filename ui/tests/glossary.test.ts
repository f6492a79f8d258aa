import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { NUMBERS } from "../src/words/problem-arguments";
import { allTexts } from "./catalogues";

/** A thing that the texts name, its one word in each language, and the other words that may not name it. */
type Entry = { thing: string; ja: string; en: string; not: { ja: string[]; en: string[] } };

const glossary = JSON.parse(readFileSync(new URL("../../docs/glossary.json", import.meta.url), "utf8")) as Entry[];
const texts = { ja: allTexts("ja"), en: allTexts("en") };

/** Returns each text that names the thing by another word, with the word that was found. */
function otherWords(language: "ja" | "en", { not }: Entry): string[] {
  return not[language].flatMap((pattern) => {
    const found = new RegExp(pattern, language === "en" ? "imu" : "mu");
    return texts[language].flatMap(({ where, text }) => {
      const word = found.exec(text.replace(/\{[^{}]*\}/g, "{}"))?.[0];
      return word === undefined ? [] : [`${where}: ${word}`];
    });
  });
}

describe("the glossary", () => {
  it("has the texts of every catalogue before it", () => {
    for (const language of ["ja", "en"] as const) {
      const files = new Set(texts[language].map(({ where }) => where.split(":")[0]));
      for (const part of ["ui/", "src-tauri/", "crates/cli/", "crates/client/", "crates/protocol/", "crates/bank/"])
        expect(
          [...files].some((file) => file?.startsWith(part)),
          part,
        ).toBe(true);
    }
  });

  for (const entry of glossary) {
    it(`has one word for: ${entry.thing}`, () => {
      expect({ ja: otherWords("ja", entry), en: otherWords("en", entry) }).toEqual({ ja: [], en: [] });
    });
  }

  it("has only words that the texts use", () => {
    for (const { thing, ja, en } of glossary) {
      expect(
        texts.ja.some(({ text }) => text.includes(ja)),
        thing,
      ).toBe(true);
      expect(
        texts.en.some(({ text }) => text.toLowerCase().includes(en.toLowerCase())),
        thing,
      ).toBe(true);
    }
  });
});

describe("Japanese", () => {
  const each = (rule: RegExp) =>
    texts.ja.filter(({ text }) => rule.test(text)).map(({ where, text }) => `${where}: ${text}`);

  it("has full-width punctuation and no half-width kana", () => {
    const japanese = "[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]";
    expect(each(/[\uff61-\uff9f]/u)).toEqual([]);
    expect(each(new RegExp(`${japanese}[,.!?:;]|[,!?;]${japanese}|[()]${japanese}|${japanese}[()]`, "u"))).toEqual([]);
  });

  it("has no blank beside a number", () => {
    expect(each(/(?<![\w.,-])\d[\d,]* [\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u)).toEqual([]);
    expect(
      each(
        /\{ \$(?:count|days|digits|min|max|length|amount|yen|limit|date|from|until|at) \} [\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u,
      ),
    ).toEqual([]);
  });

  it("is polite in every sentence", () => {
    const polite = /(?<!ます|です|ました|でした|ません|ください|ますか|ませんか|[へ}」）])。/u;
    // A line of the help is a heading.
    const heading = /cli\.ftl: (?:help|argument)-|: sentence-end/;
    expect(each(polite).filter((text) => !heading.test(text))).toEqual([]);
  });
});

describe("English", () => {
  it("has the plural of every number that is counted", () => {
    const counted = /\{ \$(\w+) \} \p{Ll}+s\b/u;
    const wrong = texts.en.filter(({ text, source }) => {
      const number = counted.exec(text)?.[1];
      return number !== undefined && NUMBERS.has(number) && !source.includes(`{ $${number} ->`);
    });
    expect(wrong.map(({ where }) => where)).toEqual([]);
  });

  it("has one kind of apostrophe", () => {
    expect(texts.en.filter(({ text }) => /\w'\w/.test(text))).toEqual([]);
  });
});
