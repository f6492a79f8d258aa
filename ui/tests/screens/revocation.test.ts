import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

const revoked = { ...data.hanako, usable: false, reasons: ["revoked" as const] };
const others = data.rows.filter((row) => row.id !== data.hanako.id);

inEveryLook((walk) => {
  it("asks the CAs when the user allows it, and shows a revocation that they name", () =>
    walk(
      {
        certificates: [ok(data.rows), ok([...others, revoked])],
        ask_revocation: [ok([]), ok([{ id: revoked.id, name: revoked.name, status: "revoked" }])],
      },
      async (page, see) => {
        await page.click(at("nav-settings"));
        expect(await page.isChecked(at("revocation-on"))).toBe(false);
        await page.click(at("revocation-on"));
        await page.locator(at("revocation-on")).scrollIntoViewIfNeeded();
        await see("revocation");
        expect(await calls(page, "set_asks_revocation")).toEqual([{ on: true }]);
        await page.click(at("nav-certificates"));
        const row = page.locator(`${at("certificate-row")}[data-id="${revoked.id}"]`);
        await row
          .getByText(/失効|Revoked/u)
          .first()
          .waitFor();
      },
    ));
});
