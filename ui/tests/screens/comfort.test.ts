import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { inEveryLook, logIn, ok } from "./walk";

const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.getAttribute("data-test") ?? document.activeElement?.tagName);

inEveryLook((walk) => {
  it("leads by the tab key past the navigation to the page (WCAG 2.4.1)", () =>
    walk({}, async (page) => {
      await page.keyboard.press("Tab");
      expect(await focused(page)).toBe("skip");
      await page.keyboard.press("Enter");
      expect(await focused(page)).toBe("H1");
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.closest("main")?.dataset["page"])).toBe("start");
    }));

  it("goes back by Alt and the left arrow only where the page offers it, and not from under a dialog", () =>
    walk({}, async (page) => {
      await page.click(at("login-certificate"));
      await page.keyboard.press("Alt+ArrowLeft");
      await page.waitForSelector(at("login-certificate"));
      await logIn(page);
      await page.waitForSelector(at("top"));
      await page.click(at("notice-open"));
      await page.waitForSelector(at("notice"));
      await page.keyboard.press("Alt+ArrowLeft");
      await page.waitForSelector(at("notice"));
      await page.keyboard.press("Escape");
      await page.waitForSelector(at("notice"), { state: "detached" });
      expect(await focused(page)).toBe("notice-open");
      await page.keyboard.press("Alt+ArrowLeft");
      await page.waitForSelector(at("top"));
    }));

  it("keeps the focus where what had it is taken away, or blocked for a while (WCAG 2.4.3)", () =>
    walk(
      {
        banks: [ok([data.okmate]), ok([])],
        remove_bank: [ok(null)],
        log_in_with_certificate: [{ error: data.problem("login_failed") }],
      },
      async (page) => {
        await page.click(at("login-certificate"));
        await page.fill(at("password"), "Hanako2026");
        await page.focus(at("password-submit"));
        await page.keyboard.press("Enter");
        await page.waitForSelector(at("problem"));
        await page.waitForFunction(() => document.activeElement?.matches('[data-test="password-submit"], input'));
        await page.click(at("nav-settings"));
        await page.focus(at("bank-remove"));
        await page.keyboard.press("Enter");
        await page.focus(at("bank-remove-submit"));
        await page.keyboard.press("Enter");
        await page.waitForSelector(at("bank-remove"), { state: "detached" });
        await page.waitForFunction(() => document.activeElement?.matches("h1"));
      },
    ));

  it("keeps its parts apart where the system sets the colours, and in more contrast where it asks for that", () =>
    walk({}, async (page, see) => {
      await page.emulateMedia({ forcedColors: "active" });
      const borders = await page.$$eval(".act, .card, .pill", (parts) =>
        parts.map((part) => getComputedStyle(part).borderTopStyle),
      );
      expect(borders.length).toBeGreaterThan(2);
      expect(borders.filter((style) => style !== "solid")).toEqual([]);
      await page.focus(at("login-certificate"));
      await see("forced-colors");
      await page.emulateMedia({ forcedColors: "none", contrast: "more" });
      await see("more-contrast");
      const ink = await page.$eval(".second", (part) => getComputedStyle(part).color);
      await page.emulateMedia({ contrast: "no-preference" });
      expect(await page.$eval(".second", (part) => getComputedStyle(part).color)).not.toBe(ink);
    }));
});
