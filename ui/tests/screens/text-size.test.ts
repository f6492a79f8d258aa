import { expect, it } from "vitest";
import { at } from "./browser";
import { calls, inEveryLook, ok } from "./walk";

inEveryLook((walk) => {
  it("shows all text in the size that is chosen, by the settings or by keys, and keeps it (WCAG 1.4.4)", () =>
    walk({ set_text_size: [ok(null)] }, async (page, see) => {
      const pixels = () => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
      const usual = await pixels();
      await page.click(at("nav-settings"));
      await page.check(at("text-size-125"));
      expect(await pixels()).toBe(usual * 1.25);
      await page.keyboard.press("Control+Minus");
      expect(await pixels()).toBe(usual);
      for (const size of ["125", "150", "200", "200"]) {
        await page.keyboard.press("Control++");
        expect(await page.isChecked(at(`text-size-${size}`)), size).toBe(true);
      }
      expect(await pixels()).toBe(usual * 2);
      expect(await page.isChecked(at("text-size-200"))).toBe(true);
      expect(await calls(page, "set_text_size")).toEqual(["125", "100", "125", "150", "200"].map((size) => ({ size })));

      await page.click(at("nav-open"));
      await page.waitForSelector(`${at("nav-certificates")}:visible`);
      await see("menu");
      await page.click(at("nav-certificates"));
      await page.waitForSelector(at("nav-certificates"), { state: "hidden" });
      await page.waitForSelector(at("certificate-row"));
      await page.keyboard.press("Control+0");
      expect(await pixels()).toBe(usual);
      await page.waitForSelector(`${at("nav-certificates")}:visible`);
    }));
});
