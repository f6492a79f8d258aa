import { expect, it } from "vitest";
import { at } from "./browser";
import { report } from "./data";
import { calls, inEveryLook, ok } from "./walk";

const manual = { host: "proxy.example", port: 8080, user: "keiri", exceptions: "" };

inEveryLook((walk) => {
  it("sets a proxy by hand and keeps it", () =>
    walk({ set_proxy: [ok({ manual })] }, async (page, see) => {
      await page.click(at("nav-settings"));
      await page.check(at("proxy-manual"));
      await page.fill(at("proxy-host"), "proxy.example");
      await page.fill(at("proxy-port"), "8080");
      await page.fill(at("proxy-user"), "keiri");
      await page.fill(at("proxy-exceptions"), "");
      await page.click(at("proxy-keep"));
      await page.waitForSelector(at("proxy-kept"));
      expect(await calls(page, "set_proxy")).toEqual([{ proxy: { manual } }]);
      await page.locator(at("proxy-settings")).scrollIntoViewIfNeeded();
      await see("settings-proxy");
    }));

  it("asks who is there, and forgets the password with the answer", () =>
    walk({ watch_proxy_questions: [ok(null)], answer_proxy_question: [ok(null)] }, async (page, see) => {
      const question = { proxy: "proxy.example:8080", user: "keiri", refused: true };
      await page.evaluate((asked) => window.tell("watch_proxy_questions", asked), { id: 7, question });
      await page.waitForSelector(at("proxy-login-refused"));
      expect(await page.inputValue(at("proxy-login-user"))).toBe("keiri");
      await see("proxy-login");
      await page.fill(at("proxy-login-password"), "himitsu");
      await page.click(at("proxy-login-submit"));
      await page.waitForSelector(at("proxy-login"), { state: "detached" });
      const login = { user: "keiri", password: "himitsu" };
      expect(await calls(page, "answer_proxy_question")).toEqual([{ id: 7, login }]);
      // Leaving it with the escape key cancels the journey that waits.
      await page.evaluate((asked) => window.tell("watch_proxy_questions", asked), { id: 8, question });
      await page.waitForSelector(at("proxy-login"));
      await page.keyboard.press("Escape");
      await page.waitForSelector(at("proxy-login"), { state: "detached" });
      expect((await calls(page, "answer_proxy_question"))[1]).toEqual({ id: 8, login: null });
    }));

  it("forgets what is remembered, and remembers it again", () =>
    walk({ forget: [ok(null)], remember_again: [ok(null)] }, async (page, see) => {
      await page.click(at("nav-settings"));
      await page.click(`${at("remembered-row")}:first-child ${at("remembered-forget")}`);
      await page.waitForSelector(at("remembered-forgotten"));
      await page.locator(at("remembered")).scrollIntoViewIfNeeded();
      await see("settings-remembered");
      await page.click(at("remembered-undo"));
      await page.waitForSelector(at("remembered-forgotten"), { state: "detached" });
      expect(await calls(page, "remember_again")).toEqual(await calls(page, "forget"));
    }));

  it("chooses another store for the next start", () =>
    walk({ set_store: [ok(null)] }, async (page, see) => {
      await page.click(at("nav-settings"));
      await page.check(`${at("store-choice")}[value^="pkcs11"]`);
      await page.waitForSelector(at("store-later"));
      await page.locator(at("store-settings")).scrollIntoViewIfNeeded();
      await see("settings-store");
    }));

  it("shows the report before it is saved", () =>
    walk({ report: [ok(report)], save_report: [ok("/tmp/inkan-report.txt")] }, async (page, see) => {
      await page.click(at("nav-settings"));
      await page.click(at("report-open"));
      await page.waitForSelector(at("report"));
      await page.click(at("report-save"));
      await page.waitForSelector(at("report-saved"));
      await see("report");
    }));
});
