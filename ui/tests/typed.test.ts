import { expect, test } from "vitest";
import { digits, loginId } from "../src/forms/typed";
import vectors from "../../crates/protocol/vectors/typed.json";

test.each([
  ["a number", digits, vectors.digits],
  ["a login ID", loginId, vectors.login_id],
])("%s is put in order in the window as where it is sent and received", (_, rule, rows) => {
  expect(rows.length).toBeGreaterThan(0);
  for (const { meant, typed } of rows) {
    expect(typed.map((text) => [text, rule(text)])).toEqual(typed.map((text) => [text, meant]));
  }
});
