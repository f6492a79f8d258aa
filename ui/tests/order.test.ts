import { describe, expect, it } from "vitest";
import { sorted, turned } from "../src/display/order";
import { sealCharacter } from "../src/display/seal";
import { actionOf } from "../src/state/keys";
import { Selection } from "../src/state/selection.svelte";
import type { CertificateRow } from "../src/ipc/bindings";

const row = (name: string, until: string, issuer: string) =>
  ({ id: name, name, not_after: until, issuer: `CN=${issuer},C=JP` }) as CertificateRow;
const rows = [
  row("keir010", "2027-05-01T00:00:00Z", "B"),
  row("keir9", "2026-12-01T00:00:00Z", "A"),
  row("keir001", "2028-01-01T00:00:00Z", "B"),
];
const names = (list: readonly CertificateRow[]) => list.map((one) => one.name);

describe("the columns of certificates", () => {
  it("sort by name with numbers as numbers, by issuer, and by the end of validity", () => {
    expect(names(sorted(rows, null))).toEqual(["keir010", "keir9", "keir001"]);
    expect(names(sorted(rows, { column: "name", descending: false }))).toEqual(["keir001", "keir9", "keir010"]);
    expect(names(sorted(rows, { column: "until", descending: true }))).toEqual(["keir001", "keir010", "keir9"]);
    // Equal ones stay in their order.
    expect(names(sorted(rows, { column: "issuer", descending: false }))).toEqual(["keir9", "keir010", "keir001"]);
  });

  it("turn around at a second click, and begin anew at another column", () => {
    const once = turned(null, "until");
    expect(once).toEqual({ column: "until", descending: false });
    const twice = turned(once, "until");
    expect(twice.descending).toBe(true);
    expect(turned(twice, "name")).toEqual({ column: "name", descending: false });
  });
});

describe("the rows that are chosen", () => {
  const order = ["a", "b", "c", "d"];
  const chosen = (selection: Selection) => order.filter((id) => selection.has(id));

  it("are toggled one by one, and extended to a range in either direction", () => {
    const selection = new Selection();
    selection.toggle("c");
    selection.extend("a", order);
    expect(chosen(selection)).toEqual(["a", "b", "c"]);
    selection.toggle("b");
    expect(chosen(selection)).toEqual(["a", "c"]);
    selection.extend("d", order);
    expect(chosen(selection)).toEqual(["a", "b", "c", "d"]);
    selection.clear();
    expect(selection.size).toBe(0);
  });

  it("begin a range at themselves if nothing was chosen before", () => {
    const selection = new Selection();
    selection.extend("b", order);
    selection.extend("c", order);
    expect(chosen(selection)).toEqual(["b", "c"]);
  });
});

describe("a seal without a name", () => {
  it("shows the digits by which the IDs of one company differ", () => {
    expect(sealCharacter(null, "keir001")).toBe("01");
    expect(sealCharacter(null, "keir002")).toBe("02");
    expect(sealCharacter(null, "00009876543 keir7 1635")).toBe("7");
    expect(sealCharacter(null, "00009876543 kanrisya 1635")).toBe("K");
    expect(sealCharacter(null, "12345")).toBe("1");
    expect(sealCharacter("ゲータ 花子", "keir001")).toBe("花");
  });
});

describe("a key in the whole window", () => {
  const key = (pressed: Partial<KeyboardEvent> & { key: string }) =>
    actionOf({
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      shiftKey: false,
      repeat: false,
      isComposing: false,
      ...pressed,
    });

  it("goes to the search, to the settings, back, or presses the filled button", () => {
    expect(key({ key: "f", ctrlKey: true })).toBe("find");
    expect(key({ key: ",", metaKey: true })).toBe("settings");
    expect(key({ key: "ArrowLeft", altKey: true })).toBe("back");
    expect(key({ key: "Enter" })).toBe("act");
  });

  it("does nothing while an input method converts, or while it is held down", () => {
    expect(key({ key: "Enter", isComposing: true })).toBeNull();
    expect(key({ key: "Enter", repeat: true })).toBeNull();
    expect(key({ key: "Enter", shiftKey: true })).toBeNull();
    expect(key({ key: "f" })).toBeNull();
  });
});
