import { expect, it } from "vitest";
import { at } from "./browser";
import * as banks from "./other-banks";
import { calls, inEveryLook, ok } from "./walk";

const here = {
  banks: [ok([banks.shinkin])],
  certificates: [ok([banks.keirCertificate])],
  log_in_with_certificate: [ok(banks.keirSession)],
  log_in_with_id: [ok({ ...banks.keirSession, next: "password_change" })],
  top: [ok(banks.keirTop)],
};

inEveryLook((walk) => {
  it("types a password with the keys on the screen, by mouse and by arrow keys (S4-7)", () =>
    walk(here, async (page, see) => {
      await page.click(at("login-certificate"));
      await page.click(at("password-keyboard"));
      for (const key of ["shift", "k", "shift", "e", "x", "erase"]) await page.click(at(`key-${key}`));
      expect(await page.inputValue(at("password"))).toBe("Ke");
      await see("keyboard");
      await page.focus(at("key-1"));
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      expect(await page.inputValue(at("password"))).toBe("Ke2");
      await page.keyboard.press("ArrowUp");
      expect(await page.locator(`${at("key-erase")}:focus`).count()).toBe(1);
      await page.keyboard.press("Escape");
      expect(await page.locator(`${at("password-keyboard")}:focus`).count()).toBe(1);
      expect(await page.inputValue(at("password"))).toBe("Ke2");
    }));

  it("shows the frame and the menu, and says what to do about an unknown login (S4-6, S1-16, S1-18)", () =>
    walk(here, async (page, see) => {
      await page.click(at("login-certificate"));
      await page.fill(at("password"), "Keiri2026");
      await page.click(at("password-submit"));
      await page.waitForSelector(at("bank-frame"));
      expect(await page.textContent(at("bank-frame"))).toContain("5120");
      await page.click(at("menu-5"));
      await page.waitForSelector(at("menu-5-2"));
      await see("frame-menu");
      await page.click(at("menu-5-2"));
      await page.waitForSelector(at("menu-5-2"), { state: "hidden" });
      await page.click(at("transaction-open"));
      expect(await calls(page, "open_in_browser")).toEqual([
        { address: "https://bank.example/history" },
        { address: "https://bank.example/shinkin/transfers" },
      ]);
      await page.click(at("unknown-login-open"));
      await page.waitForSelector(at("unknown-login"));
      await see("unknown-login");
      await page.click(at("unknown-login-change"));
      await page.waitForSelector(at("current-confirmation-password"));
      await see("change-again");
    }));

  it("names ID and passwords as the bank does, and their lengths (S4-7, Q1)", () =>
    walk(here, async (page, see) => {
      await page.click(at("login-id-open"));
      await page.fill(at("id-user"), "keir001");
      await page.fill(at("password"), "Keiri2026");
      await see("frame-id");
      await page.click(at("password-submit"));
      await page.fill(at("new-confirmation-password"), "Touro12");
      await page.waitForSelector(`${at("rule-exact-length")}[data-met="false"]`);
      await page.fill(at("new-confirmation-password"), "Touro1");
      await page.waitForSelector(`${at("rule-exact-length")}[data-met="true"]`);
      await see("frame-change");
    }));
});
