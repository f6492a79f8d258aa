import { expect, it } from "vitest";
import { at } from "./browser";
import { details, chosen, importable, renewed } from "./certificates.data";
import * as data from "./data";
import { inEveryLook, logIn, ok } from "./walk";

// Certificates whose key is not here, or is shared, or comes from elsewhere.

const begun = { bank: "okmate", contract: null, user: "jirodt", started: "2026-11-20T00:00:00Z" };

inEveryLook((walk) => {
  it("says that a certificate has no key here, and what its deletion proves", () =>
    walk(
      {
        certificate_details: [ok(details(data.orphan, { chain: [] }))],
        delete_certificate: [ok({ id: data.orphan.id, key: "was_missing" })],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.click(`${at("certificate-row")}[data-id="${data.orphan.id}"]`);
        await page.waitForSelector(at("certificate-key"));
        await page.locator(at("certificate-key")).scrollIntoViewIfNeeded();
        await see("certificate-no-key");
        await page.click(at("delete-open"));
        await page.click(at("delete-submit"));
        await page.waitForSelector(at("deleted-notice"));
        await see("deleted-no-key");
      },
    ));

  it("warns before a certificate goes that could still be used, beside another one", () =>
    walk({ certificate_details: [ok(details(data.ichiro))] }, async (page, see) => {
      await page.click(at("nav-certificates"));
      await page.click(`${at("certificate-row")}[data-id="${data.ichiro.id}"]`);
      await page.waitForSelector(at("renew-open"));
      await see("certificate-renewable");
      await page.click(at("delete-open"));
      expect(await page.isEnabled(at("delete-submit"))).toBe(true);
      await see("delete-usable");
    }));

  it("imports what no bank here has issued, and what nothing protected", () =>
    walk(
      {
        open_import_file: [ok([{ ...importable(1, data.foreign), unprotected: true }])],
        import_file: [ok(data.foreign)],
      },
      async (page, see) => {
        await page.waitForFunction(() => "drop" in window);
        await page.evaluate((dropped) => window.drop({ dropped }), chosen);
        await page.fill(at("import-password"), "himitsu");
        await page.click(`main button[aria-pressed="false"]`);
        await see("import-shown");
        await page.click(at("import-look"));
        await page.click(at("import-submit"));
        await page.waitForSelector(at("import-to-list"));
        await see("imported-no-bank");
        await page.click(at("import-to-list"));
        await page.waitForSelector(at("certificate-row"));
      },
    ));

  it("imports nothing that is here already", () =>
    walk({ open_import_file: [ok([importable(1, data.hanako, true)])] }, async (page, see) => {
      await page.waitForFunction(() => "drop" in window);
      await page.evaluate((dropped) => window.drop({ dropped }), chosen);
      await page.click(at("import-look"));
      await page.waitForSelector(at("import-to-list"));
      expect(await page.locator(at("import-submit")).count()).toBe(0);
      await see("import-nothing-new");
    }));

  it("renews while somebody is logged in", () =>
    walk(
      {
        certificates: [ok([data.ichiro])],
        certificate_details: [ok(details(data.ichiro))],
        renew: [ok({ ...renewed, old: null })],
      },
      async (page, see) => {
        await logIn(page);
        await page.click(at("nav-certificates"));
        await page.click(at("certificate-row"));
        await page.click(at("renew-open"));
        await page.click(at("renew-submit"));
        await page.evaluate(() =>
          ["key_made", "request_sent", "installed", "bank_notified"].forEach(window.acquisition.step),
        );
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("renew-to-list"));
        await see("renewed-logged-in");
      },
    ));

  it("goes on with what was begun, beside a certificate that can be used", () =>
    walk(
      {
        interrupted_acquisitions: [ok([begun])],
        acquire: [{ error: data.problem("acquisition_cancelled") }],
        cancel_acquisition: [ok(null)],
      },
      async (page, see) => {
        await page.waitForSelector(at("acquire-resume"));
        await see("start-interrupted-beside");
        await page.click(at("acquire-open"));
        await page.fill(at("acquire-user"), "jirodt");
        await see("acquire-goes-on");
        await page.fill(at("acquire-password"), "Jiro2026");
        await page.click(at("acquire-submit"));
        await page.click(at("acquire-stop"));
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("acquire-stopped"));
        await see("acquire-stopped-midway");
      },
    ));
});
