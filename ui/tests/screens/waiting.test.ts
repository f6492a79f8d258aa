import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { inEveryLook, logIn, never, ok } from "./walk";

// What takes a while says what it does, and cannot be begun twice.

inEveryLook((walk) => {
  it("logs in", () =>
    walk({ log_in_with_certificate: [never] }, async (page, see) => {
      await logIn(page);
      await page.waitForSelector(`${at("password-submit")}:disabled`);
      await see("login-busy");
    }));

  it("reaches for a new bank", () =>
    walk({ banks: [ok([])], add_bank: [never] }, async (page, see) => {
      await page.fill(at("bank-address"), data.okmate.address);
      await page.click(at("bank-add"));
      await page.waitForSelector(`${at("bank-add")}:disabled`);
      await see("bank-add-busy");
    }));

  it("checks this PC, one after the other", () =>
    walk({ check_up: [never] }, async (page, see) => {
      await page.click(at("nav-doctor"));
      await page.waitForSelector(at("doctor-running"));
      const check = { check: "version", level: "ok", title: "Inkan 0.1.0", detail: "", next: null, who: null };
      const told = { ...check, remedy: null, code: null, certificate: null };
      await page.evaluate((one) => window.tell("check_up", one), told);
      await page.waitForSelector(at("check"));
      expect(await page.isDisabled(at("doctor-again"))).toBe(true);
      await see("doctor-running");
    }));

  it("makes the report", () =>
    walk({ report: [never] }, async (page, see) => {
      await page.click(at("nav-settings"));
      await page.click(at("report-open"));
      await page.waitForSelector(at("report-busy"));
      expect(await page.isDisabled(at("report-save"))).toBe(true);
      await see("report-busy");
    }));

  it("stops an acquisition", () =>
    walk({ stop_enrolment: [never] }, async (page, see) => {
      await page.click(at("acquire-open"));
      await page.fill(at("acquire-user"), "jirodt");
      await page.fill(at("acquire-password"), "Jiro2026");
      await page.click(at("acquire-submit"));
      await page.click(at("acquire-stop"));
      await page.waitForSelector(`${at("acquire-stop")}:disabled`);
      await see("acquire-stopping");
    }));
});
