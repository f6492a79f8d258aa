import { expect, test } from "vitest";
import { digits } from "../src/rules/typed";
import vectors from "../../crates/protocol/vectors/typed.json";

test("a number is put in order in the window as where it is sent and received", () => {
  expect(vectors.digits.length).toBeGreaterThan(0);
  for (const { meant, typed } of vectors.digits) {
    expect(typed.map((text) => [text, digits(text)])).toEqual(typed.map((text) => [text, meant]));
  }
});
