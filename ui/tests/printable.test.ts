import { expect, test } from "vitest";
import { printable } from "../src/ipc/printable";

test("what a person reads stays", () => {
  const value = { name: "ゲータ 花子", list: ["葛\u{e0100}城", 7, null, true], lines: "a\nb\tc" };
  expect(printable(value)).toEqual(value);
});

test("controls, overrides and invisible characters are shown by their code points", () => {
  const hostile = "ha\u001b[31m\u009b\u202e\u2066\u200b\ufeff\u00ad\u{e0041}";
  const shown = "ha\\u{1b}[31m\\u{9b}\\u{202e}\\u{2066}\\u{200b}\\u{feff}\\u{ad}\\u{e0041}";
  expect(printable({ rows: [{ name: hostile }] })).toEqual({ rows: [{ name: shown }] });
});
