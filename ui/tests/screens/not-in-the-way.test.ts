import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, logIn, never, ok } from "./walk";

// What makes the work quick: the focus, the keys, words under fields, and a way out of what does not go on.

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("data-test"));

inEveryLook((walk, as) => {
  it("has the focus in the field that a page exists for, and Enter presses the filled button", () =>
    walk({}, async (page) => {
      // The start page has no field: Enter presses its filled button.
      await page.keyboard.press("Enter");
      await page.waitForSelector(at("password"));
      await page.waitForFunction((field) => document.activeElement?.matches(field), at("password"));
      await page.keyboard.type("Hanako2026");
      await page.keyboard.press("Enter");
      await page.waitForSelector(at("top"));
      await page.click(at("log-out"));
      await page.click(at("login-id-open"));
      await page.waitForFunction((field) => document.activeElement?.matches(field), at("id-user"));
      await page.click(at("back"));
      await page.click(at("acquire-open"));
      await page.waitForFunction((field) => document.activeElement?.matches(field), at("acquire-user"));
    }));

  it("opens the settings by Ctrl and comma, and goes back by Alt and the left arrow", () =>
    walk({}, async (page) => {
      await page.keyboard.press("Control+,");
      await page.waitForSelector('[data-page="settings"]');
      await page.keyboard.press("Alt+ArrowLeft");
      await page.waitForSelector('[data-page="start"]');
      await page.click(at("login-certificate"));
      expect(await page.title()).not.toBe("Inkan");
    }));

  it("says under a field what is missing, and stops as one types", () =>
    walk({}, async (page, see) => {
      await page.click(at("login-id-open"));
      await page.click(at("password-submit"));
      await page.waitForSelector(at("id-user-fault"));
      await page.waitForSelector(at("password-fault"));
      expect(await focused(page)).toBe("id-user");
      await see("fields-empty");
      await page.keyboard.type("h");
      await page.waitForSelector(at("id-user-fault"), { state: "detached" });
      await page.waitForSelector(at("password-fault"));
      await page.click(at("nav-move"));
    }));

  it("says under the field that an address is mistyped, and not in a card with a reference", () =>
    walk(
      { banks: [ok([])], add_bank: [{ error: data.problem("bank_address_invalid", { fault: "other" }) }] },
      async (page, see) => {
        await page.waitForFunction((field) => document.activeElement?.matches(field), at("bank-address"));
        await page.keyboard.type("okmate bank");
        await page.keyboard.press("Enter");
        await page.waitForSelector(at("bank-address-fault"));
        expect(await page.locator(at("problem")).count()).toBe(0);
        await see("address-mistyped");
        await page.keyboard.press("End");
        await page.keyboard.type("x");
        await page.waitForSelector(at("bank-address-fault"), { state: "detached" });
      },
    ));

  it("opens the bank that was used last, where there are two", () =>
    walk(
      {
        banks: [ok([data.okmate, data.another])],
        settings: [ok({ ...data.settings(as.language), last_service: "minato" })],
      },
      async (page) => {
        await page.waitForSelector(at("bank-change"));
        expect(await calls(page, "certificates")).toContainEqual({ bank: "minato", entrance: null });
      },
    ));

  it("lets the user give up a login that the bank does not answer", () =>
    walk({ log_in_with_certificate: [never, ok(data.session)], give_up_login: [ok(null)] }, async (page, see) => {
      await logIn(page);
      await page.waitForSelector(at("login-give-up"));
      await see("login-waits");
      await page.click(at("login-give-up"));
      await page.waitForSelector(at("login-given-up"));
      expect((await calls(page, "give_up_login")).length).toBe(1);
      await page.fill(at("password"), "Hanako2026");
      await page.click(at("password-submit"));
      await page.waitForSelector(at("top"));
    }));

  it("shows the colours that are chosen, and keeps them", () =>
    walk({}, async (page, see) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const system = await paper();
      await page.click(at("nav-settings"));
      await page.check(at(`theme-${as.theme === "light" ? "dark" : "light"}`));
      expect(await paper()).not.toBe(system);
      await see("other-theme");
      await page.check(at("theme-system"));
      expect(await paper()).toBe(system);
      expect((await calls(page, "set_theme")).length).toBe(2);
    }));
});
