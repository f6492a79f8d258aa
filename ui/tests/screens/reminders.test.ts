import { expect, it } from "vitest";
import type { CertificateRow, SiteSummary } from "../../src/ipc/bindings";
import { at } from "./browser";
import { details } from "./certificates.data";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

/** Returns a certificate that expires in so many days. */
const ending = (name: string, days_left: number, more: Partial<CertificateRow> = {}): CertificateRow => ({
  ...data.ichiro,
  id: name.padEnd(64, "0"),
  name,
  days_left,
  not_after: new Date(Date.UTC(2026, 10, 21) + days_left * 86_400_000).toISOString(),
  ...more,
});

const today = ending("taro", 0, { bank: "minato" });
const tomorrow = ending("sachiko", 1, { bank: null, site: "ib.example.co.jp" });
const soon = ending("kenichi", 10, { bank: "minato" });
const own = ending("ichirodt", 3);
const due = [today, tomorrow, own, soon].map((certificate) => ({ certificate, threshold: 30 }));
const reminders = [ok({ on: true, due })];

const site: SiteSummary = {
  name: "ib.example.co.jp",
  title: "ib.example.co.jp",
  address: "https://ib.example.co.jp/login",
  asks: true,
  authorities: [],
  asked_at: "2026-11-21T00:00:00Z",
};

inEveryLook((walk, as) => {
  it("reminds where one logs in of what ends, today, tomorrow or soon, and leads to it (M1)", () =>
    walk(
      {
        reminders,
        certificates: [ok([data.hanako, own])],
        certificate_details: [ok(details(today))],
      },
      async (page, see) => {
        await page.waitForSelector(at("reminder-open"));
        // What the bank of this page renews is said once, with the button that renews it.
        expect(await page.locator(at("ending")).count()).toBe(4);
        expect(await page.locator(at("renew-open")).count()).toBe(1);
        const said = await page.locator(at("ending")).allTextContents();
        const words = as.language === "ja" ? ["今日で", "明日で", "あと10日で"] : ["today", "tomorrow", "in 10 days"];
        for (const word of words)
          expect(
            said.filter((text) => text.includes(word)),
            word,
          ).toHaveLength(1);
        await see("reminders");
        await page.locator(at("reminder-open")).first().click();
        await page.waitForSelector(at("certificate-facts"));
        expect(await calls(page, "certificate_details")).toEqual([{ id: today.id }]);
      },
    ));

  it("reminds before a bank is chosen, and at a site", () =>
    walk({ reminders, banks: [ok([data.okmate])], sites: [ok([site])] }, async (page, see) => {
      await page.waitForSelector(at("reminder-open"));
      // The most urgent, and how many more there are: the banks stay in sight.
      expect(await page.locator(at("reminder-open")).count()).toBe(2);
      expect(await page.textContent(at("ending-more"))).toContain("2");
      await see("reminders-banks");
      await page.click(at("site-row"));
      await page.waitForSelector(at("site-open"));
      await page.waitForSelector(at("reminder-open"));
      await see("reminders-site");
      await page.click(at("reminders-open"));
      await page.waitForSelector(at("certificate-row"));
    }));

  it("can be turned off, and on again", () =>
    walk({ reminders: [ok({ on: true, due: [] })] }, async (page, see) => {
      await page.click(at("nav-settings"));
      await page.click(at("reminders-on"));
      expect(await page.isChecked(at("reminders-on"))).toBe(false);
      await page.locator(at("reminders-on")).scrollIntoViewIfNeeded();
      await see("reminders-off");
      await page.click(at("reminders-on"));
      expect(await calls(page, "set_reminders")).toEqual([{ on: false }, { on: true }]);
    }));
});
