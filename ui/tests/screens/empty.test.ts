import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import * as people from "./people";
import { inEveryLook, logIn, ok } from "./walk";

// Pages on which there is nothing, or nothing that can be used, say so, and lead on.

inEveryLook((walk, as) => {
  it("says that there is no certificate, and that none is found", () =>
    walk(
      {
        certificates: [
          ok(data.rows),
          ok([]),
          ok([...data.rows, ...data.rows.map((row) => ({ ...row, id: `a${row.id}` }))]),
        ],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.waitForSelector(at("import-open"));
        expect(await page.locator(at("certificate-row")).count()).toBe(0);
        await see("certificates-none");
        await page.click(at("nav-login"));
        await page.click(at("nav-certificates"));
        await page.fill(at("certificate-search"), "nobody");
        await page.waitForSelector(at("certificate-row"), { state: "detached" });
        await see("certificates-no-match");
      },
    ));

  it("has nothing to clean up", () =>
    walk({ clean_up: [ok({ spent: [], kept: [] })] }, async (page, see) => {
      await page.click(at("nav-certificates"));
      await page.click(at("clean-open"));
      await page.waitForSelector(at("clean-none"));
      expect(await page.locator(at("clean-submit")).count()).toBe(0);
      await see("clean-none");
    }));

  it("shows what cannot be used where nothing can be, and the bank of another certificate (anchors 16)", () =>
    walk(
      {
        banks: [ok([data.okmate, data.another])],
        certificates: [
          ok([]),
          ok([data.old, data.orphan, { ...data.foreign, bank: "minato" }]),
          ok([{ ...data.foreign, bank: "minato", usable: true, reasons: [] }]),
        ],
      },
      async (page, see) => {
        await page.click(`${at("bank-row")}[data-id="okmate"]`);
        await page.waitForSelector(at("acquire-open"));
        await see("start-none-usable");
        await page.click(at("choose-open"));
        await page.waitForSelector(at("other-bank"));
        expect(await page.locator(at("choose-submit")).count()).toBe(0);
        await page.waitForSelector(at("acquire-open"));
        await see("choose-none");
        await page.click(at("other-bank"));
        await page.waitForSelector(at("login-certificate"));
        expect(await page.textContent("h1")).toBe(data.another.title[as.language]);
      },
    ));

  it("shows a top page on which nothing has happened yet", () =>
    walk(
      { top: [ok({ ...data.top, notices: [], transactions: [], operations: [], certificate: null })] },
      async (page, see) => {
        await logIn(page);
        await page.waitForSelector(at("top"));
        await see("top-empty");
      },
    ));

  it("finds no user", () =>
    walk({ banks: [ok([people.okmate])], people: [ok(people.subjects)] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.fill(at("users-search"), "nobody");
      await page.waitForSelector(at("users-none"));
      await see("users-none");
    }));

  it("has no store, nothing remembered, and no other place for certificates", () =>
    walk(
      {
        settings: [ok({ ...data.settings(as.language), store: null })],
        remembered: [ok([])],
        stores: [ok({ ...data.stores, fixed: true })],
      },
      async (page, see) => {
        await page.click(at("nav-settings"));
        await page.waitForSelector(at("store-choice"));
        expect(await page.locator(`${at("store-choice")}:enabled`).count()).toBe(0);
        await page.locator(at("about")).scrollIntoViewIfNeeded();
        await see("settings-fixed");
      },
    ));

  it("asks for a bank before the way to a new PC", () =>
    walk({ banks: [ok([]), ok([])] }, async (page, see) => {
      await page.waitForSelector(at("bank-address"));
      await page.click(at("nav-move"));
      await page.waitForSelector(at("move-bank"));
      await see("move-no-bank");
      await page.click(at("move-bank"));
      await page.waitForSelector(at("bank-address"));
    }));

  it("asks which bank the new PC is for", () =>
    walk({ banks: [ok([data.okmate, data.another])] }, async (page, see) => {
      await page.waitForSelector(at("bank-row"));
      await page.click(at("nav-move"));
      await page.waitForSelector(at("move-bank"));
      await see("move-which-bank");
      await page.click(at("move-bank"));
      await page.waitForSelector(at("bank-row"));
    }));
});
