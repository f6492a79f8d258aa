import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, logIn, ok } from "./walk";

/** The bank ends a session after a quarter of an hour without a request. */
const LIMIT = 15 * 60;
const BEGIN = Date.UTC(2026, 10, 21, 0, 0, 0);

/** Sets the clock to so many seconds after the login. */
const after = (page: Page, seconds: number) => page.clock.setFixedTime(BEGIN + seconds * 1000);

inEveryLook((walk) => {
  it("warns before a session ends that nobody uses, says so again, and goes on where the person stays (WCAG 2.2.1)", () =>
    walk(
      { stay_logged_in: [{ error: data.problem("bank_unreachable", { address: "okmate.example" }) }, ok(null)] },
      async (page, see) => {
        await after(page, 0);
        await logIn(page);
        await page.waitForSelector(at("top"));
        expect(await page.locator(at("idle")).count()).toBe(0);
        await after(page, LIMIT - 48);
        await page.waitForSelector(at("idle"));
        expect(await page.textContent(at("idle-seconds"))).toContain("48");
        await see("idle");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Enter");
        await page.waitForSelector(at("idle-unheard"));
        await see("idle-unheard");
        await page.click(at("idle-stay"));
        await page.waitForSelector(at("idle"), { state: "detached" });
        expect(await calls(page, "log_out")).toEqual([]);
        await page.waitForSelector(at("top"));
        // The quarter of an hour has begun anew.
        await after(page, 2 * LIMIT - 48 - 30);
        await page.waitForSelector(at("idle"));
        expect(await page.textContent(at("idle-seconds"))).toContain("30");
      },
    ));

  it("logs out at the end, and says why", () =>
    walk({}, async (page, see) => {
      await after(page, 0);
      await logIn(page);
      await page.waitForSelector(at("top"));
      await after(page, LIMIT);
      await page.waitForSelector(at("idled-out"));
      await page.waitForSelector(at("login-certificate"));
      expect(await calls(page, "log_out")).toHaveLength(1);
      await see("idled-out");
    }));

  it("logs out at once where the person wants that", () =>
    walk({}, async (page) => {
      await after(page, 0);
      await logIn(page);
      await page.waitForSelector(at("top"));
      await after(page, LIMIT - 10);
      await page.click(at("idle-leave"));
      await page.waitForSelector(at("done"));
      expect(await page.locator(at("idled-out")).count()).toBe(0);
      expect(await calls(page, "log_out")).toHaveLength(1);
    }));

  it("says that the person has logged out, whatever was still being read", () =>
    walk(
      { log_out: [{ held: ok(null) }], people: [{ held: { error: data.problem("session_ended") } }] },
      async (page) => {
        await logIn(page);
        await page.click(at("nav-users"));
        await page.waitForFunction(() => "people" in window.release);
        await page.click(at("log-out"));
        await page.waitForFunction(() => "log_out" in window.release);
        await page.evaluate(() => window.release["people"]?.());
        // All that follows it has run before the next task.
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
        await page.evaluate(() => window.release["log_out"]?.());
        await page.waitForSelector(at("done"));
        expect(await page.locator(at("problem")).count()).toBe(0);
      },
    ));
});
