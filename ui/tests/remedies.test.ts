import { expect, it } from "vitest";
import { problemWho } from "../src/ipc/bindings";
import { remedies, remediesOf } from "../src/display/remedies";

const codes = Object.keys(problemWho) as (keyof typeof problemWho)[];

it("every problem has a button, or a reason why it has none", () => {
  expect(Object.keys(remedies).sort()).toEqual([...codes].sort());
  for (const [code, remedy] of Object.entries(remedies)) {
    if (Array.isArray(remedy)) expect(remedy, code).not.toEqual([]);
    else expect(remedy.because, code).not.toBe("");
  }
});

it("whoever must ask somebody else is given what to tell", () => {
  const others = codes.filter((code) => problemWho[code] === "administrator" || problemWho[code] === "branch");
  expect(others.length).toBeGreaterThan(0);
  expect(others.filter((code) => !remediesOf(code).includes("tell"))).toEqual([]);
});

it("a problem that only a newer bank knows can still be told", () => {
  expect(remediesOf("from_the_future")).toEqual(["tell"]);
});
