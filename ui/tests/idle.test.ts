import { expect, it } from "vitest";
import { isSaid, watch } from "../src/state/idle";

const MINUTE = 60_000;
const LIMIT = 15 * MINUTE;

it("warns a minute before an idle session ends, and leaves at its end (S1-15)", () => {
  expect(watch(13 * MINUTE, 0, 0, LIMIT)).toEqual({ act: "none", seconds: 120 });
  expect(watch(14 * MINUTE - 1, 0, 0, LIMIT).act).toBe("none");
  expect(watch(14 * MINUTE, 0, 0, LIMIT)).toEqual({ act: "warn", seconds: 60 });
  expect(watch(LIMIT - 1, 0, 0, LIMIT)).toEqual({ act: "warn", seconds: 1 });
  expect(watch(LIMIT, 0, 0, LIMIT)).toEqual({ act: "leave", seconds: 0 });
  // A PC that slept.
  expect(watch(100 * LIMIT, 0, 0, LIMIT)).toEqual({ act: "leave", seconds: 0 });
});

it("tells the bank of somebody at work, once a minute and not without cause", () => {
  expect(watch(30_000, 0, 20_000, LIMIT).act).toBe("none");
  expect(watch(MINUTE, 0, 20_000, LIMIT).act).toBe("touch");
  expect(watch(5 * MINUTE, 0, 0, LIMIT).act).toBe("none");
  // Once the warning is shown, only its button goes on.
  expect(watch(14 * MINUTE, 0, 14 * MINUTE, LIMIT).act).toBe("warn");
});

it("leaves half of a short limit in peace", () => {
  expect(watch(29_999, 0, 0, MINUTE).act).toBe("none");
  expect(watch(30_000, 0, 0, MINUTE)).toEqual({ act: "warn", seconds: 30 });
});

it("says aloud only a few of the seconds", () => {
  expect(Array.from({ length: 61 }, (_, seconds) => seconds).filter(isSaid)).toEqual([10, 30]);
});
