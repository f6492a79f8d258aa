import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook } from "./walk";

inEveryLook((walk) => {
  it("fills in the address that a link brings, and adds nothing by itself", () =>
    walk({}, async (page, see) => {
      await page.waitForSelector(at("login-certificate"));
      await page.evaluate(() =>
        window.tell("subscribe", { kind: "add_bank", address: "https://okmate.bank.example/", user: "jirodt" }),
      );
      await page.waitForSelector(at("from-link"));
      expect(await page.inputValue(at("bank-address"))).toBe("https://okmate.bank.example/");
      await see("link-add");
      expect(await calls(page, "add_bank")).toEqual([]);
    }));

  it("opens the page that acquires, for whom the link names", () =>
    walk({}, async (page) => {
      await page.waitForSelector(at("login-certificate"));
      await page.evaluate(() => window.tell("subscribe", { kind: "acquire", bank: "okmate", user: "jirodt" }));
      await page.waitForSelector(at("acquire-user"));
      expect(await page.inputValue(at("acquire-user"))).toBe("jirodt");
    }));

  it("says of a link that leads nowhere why, and leads to where the bank is added by hand", () =>
    walk({}, async (page, see) => {
      await page.waitForSelector(at("login-certificate"));
      const problem = data.problem("link_unusable");
      await page.evaluate((told) => window.tell("subscribe", { kind: "problem", problem: told }), problem);
      await page.waitForSelector(at("link-problem"));
      await see("link-problem");
      await page.click(at("remedy-add-bank"));
      await page.waitForSelector(at("bank-address"));
      await page.waitForSelector(at("link-problem"), { state: "detached" });
    }));
});
