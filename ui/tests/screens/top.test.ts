import { expect, it } from "vitest";
import { at } from "./browser";
import { calls, inEveryLook, logIn } from "./walk";

inEveryLook((walk) => {
  it("shows the top page, opens a notice, and logs out (S0-5, S1-14, S1-15, S1-19)", () =>
    walk({}, async (page, see) => {
      await logIn(page);
      await page.waitForSelector(at("top"));
      await see("top");
      await page.click(at("person"));
      await page.waitForSelector("#person-facts:popover-open");
      await see("person");
      await page.keyboard.press("Escape");
      await page.click(`${at("notice-open")}[data-unread="true"]`);
      await page.waitForSelector(at("notice"));
      await see("notice");
      await page.keyboard.press("Escape");
      await page.waitForSelector(at("notice"), { state: "detached" });
      expect(await page.locator(`${at("notice-open")}[data-unread="true"]`).count()).toBe(0);
      await page.click(at("menu-1"));
      expect(await calls(page, "open_in_browser")).toEqual([{ address: "https://bank.example/okmate/enquiries" }]);
      await page.click(at("log-out"));
      await page.waitForSelector(at("done"));
      expect(await page.locator(at("nav-users")).count()).toBe(0);
      await see("logged-out");
    }));
});
