import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

const problem = (code: string) => `${at("problem")}[data-code="${code}"]`;

inEveryLook((walk) => {
  it("leads from a problem to its next step by a button", () =>
    walk(
      { log_in_with_certificate: [{ error: data.problem("certificate_expired", { name: "hanakodt" }) }] },
      async (page, see) => {
        await page.click(at("login-certificate"));
        await page.fill(at("password"), "Hanako2026");
        await page.click(at("password-submit"));
        await page.waitForSelector(problem("certificate_expired"));
        await see("problem-leads");
        await page.click(at("remedy-acquire"));
        await page.waitForSelector(at("acquire-user"));
        await page.keyboard.press("Alt+ArrowLeft");
        await page.waitForSelector(at("password"));
      },
    ));

  it("names the error of the system", () =>
    walk(
      {
        certificates: [
          {
            error: {
              ...data.problem("store_unavailable", { number: "0x80090016" }),
              system: { name: "NTE_BAD_KEYSET", number: 0x80090016 },
            },
          },
        ],
      },
      async (page, see) => {
        await page.waitForSelector(problem("store_unavailable"));
        await see("problem-system");
        const text = await page.locator(at("problem-system")).first().textContent();
        expect(text).toMatch(/NTE_BAD_KEYSET.{1,2}0x80090016/);
      },
    ));

  it("says on the start page that the clock is wrong", () => {
    const clock = { address: "bank.example", amount: "3", unit: "minutes", direction: "behind" };
    return walk({ wrong_clock: [ok(data.problem("clock_wrong", clock))] }, async (page, see) => {
      await page.waitForSelector(problem("clock_wrong"));
      await see("start-clock-wrong");
      await page.click(at("login-certificate"));
      await page.waitForSelector(at("password"));
      expect(await page.locator(problem("clock_wrong")).count()).toBe(0);
    });
  });

  it("leads to the certificate that is here where the bank says that one is issued already", () => {
    const here = { user: "hanakodt", name: "hanakodt", here: "installed", until: "2027-11-21 12:00" };
    return walk({ acquire: [{ error: data.problem("certificate_already_issued", here) }] }, async (page, see) => {
      await page.click(at("acquire-open"));
      await page.fill(at("acquire-user"), "hanakodt");
      await page.fill(at("acquire-password"), "Hanako2026");
      await page.click(at("acquire-submit"));
      await page.waitForFunction(() => "acquisition" in window);
      await page.evaluate(() => window.acquisition.end());
      await page.waitForSelector(problem("certificate_already_issued"));
      await see("acquire-already-here");
      expect(await page.locator(at("remedy-change-pc")).count()).toBe(0);
      await page.click(at("remedy-login"));
      await page.waitForSelector(at("login-certificate"));
    });
  });

  it("tries again what took no secret", () =>
    walk(
      {
        certificates: [{ error: data.problem("store_unavailable") }, ok(data.rows)],
      },
      async (page, see) => {
        await page.waitForSelector(problem("store_unavailable"));
        // What could not be kept is not to be got.
        expect(await page.locator(at("acquire-open")).count()).toBe(0);
        await see("problem-again");
        await page.click(at("nav-settings"));
        await page.click(at("nav-login"));
        await page.waitForSelector(problem("store_unavailable"));
        expect(await page.locator(at("acquire-open")).count()).toBe(0);
        await page.click(at("remedy-again"));
        await page.waitForSelector(at("login-certificate"));
        expect(await page.locator(at("problem")).count()).toBe(0);
        expect((await calls(page, "certificates")).length).toBe(2);
      },
    ));

  it("copies what the administrator must be told, and the reference", () =>
    walk({ log_in_with_certificate: [{ error: data.problem("login_password_locked") }] }, async (page, see) => {
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
      const copied = () => page.evaluate(() => navigator.clipboard.readText());
      await page.click(at("login-certificate"));
      await page.fill(at("password"), "Hanako2026");
      await page.click(at("password-submit"));
      await page.waitForSelector(problem("login_password_locked"));
      await see("problem-tell");
      await page.click(at("remedy-tell"));
      await page.waitForSelector(`${at("remedy-tell")}[data-copied="true"]`);
      const told = await copied();
      expect(told).toContain(await page.textContent(`${at("problem")} h2`));
      expect(told).toContain(data.REFERENCE);
      expect(told).not.toContain("Hanako2026");
      await page.click(at("reference-copy"));
      await page.waitForSelector(`${at("reference-copy")}[data-copied="true"]`);
      expect(await copied()).toBe(data.REFERENCE);
    }));
});
