import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, logIn, ok } from "./walk";

inEveryLook((walk) => {
  it("chooses a certificate and logs in with the password only (S1-1, S1-2, S1-3)", () =>
    walk(
      { log_in_with_certificate: [{ error: data.problem("login_failed") }, ok(data.session)] },
      async (page, see) => {
        await see("start");
        await page.click(at("choose-open"));
        expect(await page.locator(at("certificate-row")).count()).toBe(data.rows.length);
        await see("choose");
        await page.check(`${at("certificate-row")}[data-id="${data.ichiro.id}"] input`);
        await page.click(at("choose-submit"));
        await page.fill(at("password"), "Ichiro2025");
        await page.press(at("password"), "Enter");
        await page.waitForSelector(`${at("problem")}[data-code="login_failed"]`);
        expect(await page.inputValue(at("password"))).toBe("");
        expect(await page.textContent(at("tries"))).toMatch(/1.*6/);
        await see("password");
        await page.fill(at("password"), "Ichiro2026");
        await page.click(at("password-submit"));
        await page.waitForSelector(at("top"));
        expect(await calls(page, "log_in_with_certificate")).toEqual(
          ["Ichiro2025", "Ichiro2026"].map((loginPassword) => ({
            bank: "okmate",
            entrance: null,
            certificate: data.ichiro.id,
            loginPassword,
          })),
        );
        expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
      },
    ));

  it("logs in with ID and password, and changes the passwords first where it must (S1-6, S1-7, S1-8, S1-10, S1-11)", () =>
    walk(
      {
        log_in_with_id: [ok({ ...data.session, next: "password_change", confirmation_registered: false })],
        change_passwords: [ok(data.session)],
      },
      async (page, see) => {
        await page.click(at("login-id-open"));
        await page.fill(at("id-user"), "shirodt");
        await page.fill(at("password"), "Shiro2026");
        await see("id");
        await page.click(at("password-submit"));
        await page.fill(at("login-password"), "Shiro2026");
        await page.fill(at("new-login-password"), "Shiro2027");
        await page.fill(at("new-confirmation-password"), "Shiro2027");
        await page.waitForSelector(`${at("rule-unlike-login-password")}[data-met="false"]`);
        expect(await page.isDisabled(at("change-submit"))).toBe(true);
        await see("change");
        await page.fill(at("new-confirmation-password"), "Kakunin04");
        await page.fill(at("again-login-password"), "Shiro2027");
        await page.fill(at("again-confirmation-password"), "Kakunin05");
        await page.waitForSelector(`${at("again-confirmation-password-same")}[data-same="false"]`);
        expect(await page.isDisabled(at("change-submit"))).toBe(true);
        await page.fill(at("again-confirmation-password"), "Kakunin04");
        await page.click(at("change-submit"));
        await page.waitForSelector(at("passwords-changed"));
        await see("changed");
        expect(await calls(page, "change_passwords")).toEqual([
          {
            change: {
              login_password: "Shiro2026",
              new_login_password: "Shiro2027",
              confirmation_password: null,
              new_confirmation_password: "Kakunin04",
              new_transfer_password: null,
              new_approval_password: null,
            },
          },
        ]);
        await page.click(at("change-done"));
        await page.waitForSelector(at("top"));
      },
    ));

  it("leads back to the login where the session has ended", () =>
    walk({ people: [{ error: data.problem("session_ended") }] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.waitForSelector(`${at("problem")}[data-code="session_ended"]`);
      expect(await page.locator(at("log-out")).count()).toBe(0);
      await page.waitForSelector(at("login-certificate"));
      await see("session-ended");
    }));
});
