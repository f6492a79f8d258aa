import { expect, it } from "vitest";
import { at } from "./browser";
import { calls, inEveryLook, logIn, ok } from "./walk";

inEveryLook((walk) => {
  it("starts anew for another store, at once where nobody is logged in", () =>
    walk({ set_store: [ok(null)], restart: [ok(null)] }, async (page) => {
      await page.click(at("nav-settings"));
      await page.check(`${at("store-choice")}[value^="pkcs11"]`);
      await page.click(at("restart-open"));
      expect(await page.locator(at("restart")).count()).toBe(0);
      expect(await calls(page, "restart")).toHaveLength(1);
    }));

  it("says before that it logs out (S1-15)", () =>
    walk({ set_store: [ok(null)], restart: [ok(null)] }, async (page, see) => {
      await logIn(page);
      await page.waitForSelector(at("top"));
      await page.click(at("nav-settings"));
      await page.check(`${at("store-choice")}[value^="pkcs11"]`);
      await page.click(at("restart-open"));
      await page.waitForSelector(at("restart"));
      await see("settings-restart");
      await page.click(at("restart-cancel"));
      expect(await calls(page, "restart")).toEqual([]);
      await page.click(at("restart-open"));
      await page.click(at("restart-submit"));
      expect(await calls(page, "restart")).toHaveLength(1);
    }));
});
