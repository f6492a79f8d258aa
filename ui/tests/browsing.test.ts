import { describe, expect, test } from "vitest";
import { leaves } from "../src/state/browsing";

const bare = { ctrlKey: false, metaKey: false, altKey: false };

describe("what leads away from the page", () => {
  test.each([
    { ...bare, key: "F5" },
    { ...bare, key: "BrowserRefresh" },
    { ...bare, key: "r", ctrlKey: true },
    { ...bare, key: "R", ctrlKey: true },
    { ...bare, key: "r", metaKey: true },
    { ...bare, key: "[", metaKey: true },
    { ...bare, key: "ArrowLeft", altKey: true },
    { ...bare, key: "ArrowRight", altKey: true },
  ])("is refused: $key", (event) => expect(leaves(event)).toBe(true));

  test.each([
    { ...bare, key: "r" },
    { ...bare, key: "Tab" },
    { ...bare, key: "ArrowLeft" },
    { ...bare, key: "c", ctrlKey: true },
    { ...bare, key: "v", ctrlKey: true },
    { ...bare, key: "a", ctrlKey: true },
    { ...bare, key: "h", metaKey: true },
    { ...bare, key: "w", metaKey: true },
    // AltGr types a letter.
    { ...bare, key: "[", ctrlKey: true, altKey: true },
  ])("is left alone: $key", (event) => expect(leaves(event)).toBe(false));
});
