import { expect, it } from "vitest";
import { at } from "./browser";
import { renewed } from "./certificates.data";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

inEveryLook((walk) => {
  it("offers a renewal when its time has come, shows its steps, and offers the old one for deletion (M1, M10)", () =>
    walk({ certificates: [ok([data.ichiro])], renew: [ok(renewed)] }, async (page, see) => {
      await page.waitForSelector(at("ending"));
      await see("start-renewal");
      await page.click(at("renew-open"));
      await page.waitForSelector(at("certificate"));
      await see("renew");
      await page.click(at("renew-submit"));
      await page.waitForFunction(() => "acquisition" in window);
      await page.evaluate(() => window.acquisition.step("key_made"));
      await page.waitForSelector(`${at("acquire-step-key_made")}[data-done="true"]`);
      // The old certificate says who asks: the bank checks no password.
      expect(await page.locator(at("acquire-step-checked_by_bank")).count()).toBe(0);
      await see("renewing");
      await page.evaluate(() => ["request_sent", "installed", "bank_notified"].forEach(window.acquisition.step));
      await page.evaluate(() => window.acquisition.end());
      await page.waitForSelector(at("renew-old"));
      await see("renewed");
      expect(await calls(page, "renew")).toEqual([{ bank: "okmate", certificate: data.ichiro.id }]);
      await page.click(at("renew-delete-old"));
      await page.waitForSelector(at("delete-dialog"));
    }));

  it("stops a renewal, which can go on", () =>
    walk(
      {
        certificates: [ok([data.ichiro])],
        renew: [{ error: data.problem("acquisition_cancelled") }, ok(renewed)],
        stop_enrolment: [ok(null)],
      },
      async (page, see) => {
        await page.waitForSelector(at("ending"));
        await page.click(at("renew-open"));
        await page.click(at("renew-submit"));
        await page.waitForFunction(() => "acquisition" in window);
        await page.click(at("renew-stop"));
        await page.waitForSelector(`${at("renew-stop")}[disabled]`);
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("renew-stopped"));
        await see("renew-stopped");
        expect(await calls(page, "stop_enrolment")).toHaveLength(1);
        await page.waitForSelector(at("renew-submit"));
      },
    ));

  it("goes on with a renewal that was cut", () =>
    walk(
      {
        interrupted_renewals: [
          ok([{ bank: "okmate", certificate: data.ichiro.id, name: "ichirodt", started: "2026-11-20T00:00:00Z" }]),
        ],
      },
      async (page, see) => {
        await page.waitForSelector(at("renewal-cut"));
        await see("renewal-cut");
        await page.click(at("renew-resume"));
        await page.waitForSelector(at("renew-submit"));
      },
    ));
});
