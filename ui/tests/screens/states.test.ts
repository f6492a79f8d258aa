import { expect, it } from "vitest";
import { at } from "./browser";
import { chosen, importable } from "./certificates.data";
import * as data from "./data";
import { inEveryLook, logIn, ok } from "./walk";

// The window shows each state as it is.

inEveryLook((walk, as) => {
  it("leads out of a forced change if the certificate is revoked meanwhile, and says so", () =>
    walk(
      {
        log_in_with_certificate: [ok({ ...data.session, next: "password_change" })],
        change_passwords: [{ error: data.problem("certificate_revoked") }],
      },
      async (page, see) => {
        await logIn(page);
        await page.fill(at("login-password"), "Hanako2026");
        for (const field of ["new-login-password", "again-login-password"]) await page.fill(at(field), "Hanako2027");
        await page.fill(at("current-confirmation-password"), "Kakunin01");
        for (const field of ["new-confirmation-password", "again-confirmation-password"])
          await page.fill(at(field), "Kakunin2027");
        await page.click(at("change-submit"));
        // Nothing can be done in the session any more: the start page says why.
        await page.waitForSelector(`[data-page="start"] ${at("problem")}[data-code="certificate_revoked"]`);
        expect(await page.locator(at("log-out")).count()).toBe(0);
        await see("revoked-in-forced-change");
      },
    ));

  it("says that the clock of this PC is years ahead, beside a certificate that is not expired by the bank's", () =>
    walk(
      {
        certificates: [ok([{ ...data.hanako, usable: false, reasons: ["expired"], days_left: -900 }])],
        wrong_clock: [
          ok(
            data.problem("clock_wrong", {
              address: "okmate.bank.example",
              amount: "1257",
              unit: "days",
              direction: "ahead",
              here: "2030-05-01 09:00",
              there: "2026-11-21 09:00",
            }),
          ),
        ],
      },
      async (page, see) => {
        await page.waitForSelector(`${at("problem")}[data-code="clock_wrong"]`);
        // The sentence about the certificate names this PC's clock, and does not say that it has ended.
        const said = await page.textContent(at("unusable"));
        expect(said).toMatch(as.language === "ja" ? /パソコンの時計/ : /clock/i);
        await see("clock-ahead");
      },
    ));

  it("names the year of an event of last year", () =>
    walk(
      {
        top: [
          ok({
            ...data.top,
            operations: [{ at: "2024-11-20T08:40:00Z", kind: "passwords_changed", operator: "a", subject: "a" }],
            notices: data.top.notices.map((notice) => ({ ...notice, published: "2024-11-18T00:00:00Z" })),
          }),
        ],
      },
      async (page, see) => {
        await logIn(page);
        await page.waitForSelector(at("top"));
        expect(await page.textContent(at("operations"))).toContain("2024");
        expect(await page.textContent(at("notices"))).toContain("2024");
        await see("top-last-year");
      },
    ));

  it("says of no certificate that it can be used beside a grey seal, or if its bank is not added", () =>
    walk(
      { open_import_file: [ok([importable(1, data.foreign)])], import_file: [ok(data.foreign)] },
      async (page, see) => {
        await page.waitForFunction(() => "drop" in window);
        await page.evaluate((dropped) => window.drop({ dropped }), chosen);
        await page.click(at("import-look"));
        await page.click(at("import-submit"));
        await page.waitForSelector(at("import-to-list"));
        expect(await page.locator(".seal.spent").count()).toBe(1);
        expect(await page.locator(".pill.good").count()).toBe(0);
        expect(await page.textContent("main header")).not.toMatch(/使えます|use it|can now/);
        await see("imported-not-usable");
      },
    ));
});
