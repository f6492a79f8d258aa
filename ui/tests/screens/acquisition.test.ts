import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { inEveryLook, ok } from "./walk";

inEveryLook((walk) => {
  it("acquires a certificate, goes on with an interrupted one, and shows every step (S0-7)", () =>
    walk(
      {
        certificates: [ok([]), ok([]), ok([data.hanako, data.old])],
        interrupted_acquisitions: [
          ok([{ bank: "okmate", contract: null, user: "hanakodt", started: "2026-11-20T00:00:00Z" }]),
          ok([{ bank: "okmate", contract: null, user: "hanakodt", started: "2026-11-20T00:00:00Z" }]),
          ok([]),
        ],
        acquire: [
          { error: data.problem("certificate_already_issued", { user: "hanakodt" }) },
          ok(data.acquired(data.hanako, data.session, [data.old])),
        ],
      },
      async (page, see) => {
        await see("start-interrupted");
        await page.click(at("acquire-resume"));
        expect(await page.inputValue(at("acquire-user"))).toBe("hanakodt");
        await page.fill(at("acquire-password"), "Hanako2026");
        await see("acquire");
        await page.click(at("acquire-submit"));
        await page.waitForFunction(() => "acquisition" in window);
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(`${at("problem")}[data-code="certificate_already_issued"]`);
        expect(await page.inputValue(at("acquire-password"))).toBe("");
        await see("acquire-problem");

        await page.fill(at("acquire-password"), "Hanako2026");
        await page.click(at("acquire-submit"));
        await page.waitForSelector(at("acquire-step-bank_notified"));
        await page.evaluate(() => ["checked_by_bank", "key_made", "request_sent"].forEach(window.acquisition.step));
        await page.waitForSelector(`${at("acquire-step-request_sent")}[data-done="true"]`);
        await page.waitForSelector(`${at("acquire-step-installed")}[data-done="false"]`);
        await see("acquire-steps");
        await page.evaluate(() => ["installed", "bank_notified"].forEach(window.acquisition.step));
        await page.waitForSelector(`${at("acquire-step-log_in")}[data-done="false"]`);
        await see("acquire-logs-in");
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("top"));
        await page.waitForSelector(`${at("acquired")} ~ ${at("certificate")}[data-id="${data.hanako.id}"]`);
        await page.waitForSelector(at("acquire-old"));
        await see("acquired");
      },
    ));

  it("says why the login that follows an acquisition failed, and keeps what was acquired (S1-4)", () =>
    walk(
      {
        certificates: [ok([]), ok([data.hanako])],
        acquire: [ok(data.acquired(data.hanako, data.problem("bank_unavailable")))],
      },
      async (page, see) => {
        await page.click(at("acquire-open"));
        await page.fill(at("acquire-user"), "hanakodt");
        await page.fill(at("acquire-password"), "Hanako2026");
        await page.click(at("acquire-submit"));
        await page.waitForFunction(() => "acquisition" in window);
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(`${at("problem")}[data-code="bank_unavailable"]`);
        await see("acquire-done");
        await page.click(at("acquire-done"));
        await page.waitForSelector(`${at("certificate")}[data-id="${data.hanako.id}"]`);
      },
    ));
});
