import { expect, it } from "vitest";
import { at } from "./browser";
import { calls, inEveryLook, ok } from "./walk";

inEveryLook((walk, as) => {
  it("changes the language at once, moves the focus, and goes back", () =>
    walk({ remove_bank: [ok(null)] }, async (page, see) => {
      await page.click(at("nav-settings"));
      await see("settings");
      expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
      const other = as.language === "ja" ? "en" : "ja";
      await page.check(at(`language-${other}`));
      expect(await page.evaluate(() => document.documentElement.lang)).toBe(other);
      expect(await calls(page, "set_language")).toEqual([{ language: other }]);
      await page.click(at("nav-login"));
      await page.click(at("choose-open"));
      await page.keyboard.press("Alt+ArrowLeft");
      await page.waitForSelector(at("login-certificate"));
    }));
});
