import type { Server } from "node:http";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { at, launch, LOOKS, look, type Look, open, serve } from "./browser";
import * as data from "./data";
import type { Answers } from "./stub";

let browser: Browser;
let server: Server;

beforeAll(async () => {
  [browser, server] = await Promise.all([launch(), serve()]);
});

afterAll(async () => {
  await browser?.close();
  server?.close();
});

const ok = (value: unknown) => ({ ok: value });
const calls = (page: Page, command: string) =>
  page.evaluate((name) => window.calls.filter((call) => call.command === name).map((call) => call.args), command);

function answers(language: Look["language"], more: Answers = {}): Answers {
  return {
    settings: [ok(data.settings(language))],
    banks: [ok([data.okmate])],
    certificates: [ok(data.rows)],
    interrupted_acquisitions: [ok([])],
    log_in_with_certificate: [ok(data.session)],
    log_in_with_id: [ok(data.session)],
    top: [ok(data.top)],
    notice: [ok(data.notice)],
    users: [ok(data.users)],
    log_out: [ok(null)],
    open_in_browser: [ok(null)],
    set_language: [ok(null)],
    ...more,
  };
}

async function logIn(page: Page) {
  await page.click(at("login-certificate"));
  await page.fill(at("password"), "Hanako2026");
  await page.click(at("password-submit"));
}

describe.each(LOOKS)("$language $theme $width", (as) => {
  const walk = async (more: Answers, steps: (page: Page, see: (name: string) => Promise<void>) => Promise<void>) => {
    const page = await open(browser, server, as, answers(as.language, more));
    try {
      await steps(page, (name) => look(page, as, name));
    } finally {
      await page.close();
    }
  };

  it("adds a bank, with the certificate of its CA as the second step", () =>
    walk(
      {
        banks: [ok([]), ok([data.okmate])],
        add_bank: [{ error: data.problem("bank_ca_unknown", { address: data.okmate.address }) }, ok(data.okmate)],
        certificates: [ok([])],
      },
      async (page, see) => {
        await see("bank-add");
        expect(await page.locator(at("bank-ca-file")).count()).toBe(0);
        await page.fill(at("bank-address"), data.okmate.address);
        await page.click(at("bank-add"));
        await page.waitForSelector(at("bank-ca-file"));
        const pem = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n";
        const file = { name: "ca.pem", mimeType: "application/x-pem-file", buffer: Buffer.from(pem) };
        await page.setInputFiles(at("bank-ca-file"), file);
        await page.getByText("ca.pem").waitFor();
        await see("bank-ca");
        await page.click(at("bank-add"));
        await page.waitForSelector(at("acquire-open"));
        expect(await calls(page, "add_bank")).toEqual([
          { address: data.okmate.address, ca: null },
          { address: data.okmate.address, ca: pem },
        ]);
        await see("start-none");
      },
    ));

  it("asks which bank where there are several", () =>
    walk({ banks: [ok([data.okmate, data.another])] }, async (page, see) => {
      await see("banks");
      await page.click(`${at("bank-row")}[data-id="okmate"]`);
      await page.waitForSelector(at("login-certificate"));
      await page.waitForSelector(at("bank-change"));
    }));

  it("acquires a certificate, goes on with an interrupted one, and shows every step (S0-7)", () =>
    walk(
      {
        certificates: [ok([]), ok([data.hanako])],
        interrupted_acquisitions: [ok([{ bank: "okmate", user: "hanakodt", started: "2026-11-20T00:00:00Z" }]), ok([])],
        acquire: [{ error: data.problem("certificate_already_issued", { user: "hanakodt" }) }, ok(data.hanako)],
      },
      async (page, see) => {
        await see("start-interrupted");
        await page.click(at("acquire-resume"));
        expect(await page.inputValue(at("acquire-user"))).toBe("hanakodt");
        await page.fill(at("acquire-password"), "Hanako2026");
        await see("acquire");
        await page.click(at("acquire-submit"));
        await page.waitForFunction(() => "acquisition" in window);
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(`${at("problem")}[data-code="certificate_already_issued"]`);
        expect(await page.inputValue(at("acquire-password"))).toBe("");
        await see("acquire-problem");

        await page.fill(at("acquire-password"), "Hanako2026");
        await page.click(at("acquire-submit"));
        await page.waitForSelector(at("acquire-step-bank_told"));
        await page.evaluate(() => ["checked_by_bank", "key_made", "request_sent"].forEach(window.acquisition.step));
        await page.waitForSelector(`${at("acquire-step-request_sent")}[data-done="true"]`);
        await page.waitForSelector(`${at("acquire-step-installed")}[data-done="false"]`);
        await see("acquire-steps");
        await page.evaluate(() => ["installed", "bank_told"].forEach(window.acquisition.step));
        await page.evaluate(() => window.acquisition.end());
        await page.waitForSelector(at("acquire-done"));
        await see("acquire-done");
        await page.click(at("acquire-done"));
        await page.waitForSelector(`${at("certificate")}[data-id="${data.hanako.id}"]`);
      },
    ));

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
        await see("password");
        await page.fill(at("password"), "Ichiro2026");
        await page.click(at("password-submit"));
        await page.waitForSelector(at("top"));
        expect(await calls(page, "log_in_with_certificate")).toEqual(
          ["Ichiro2025", "Ichiro2026"].map((loginPassword) => ({
            bank: "okmate",
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
        log_in_with_id: [ok({ ...data.session, next: "password_change" })],
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
            },
          },
        ]);
        await page.click(at("change-done"));
        await page.waitForSelector(at("top"));
      },
    ));

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

  it("revokes another's certificate with the confirmation password (S0-6, S0-14)", () =>
    walk(
      { change_certificate: [{ error: data.problem("confirmation_password_wrong") }, ok(data.jiroRevoked)] },
      async (page, see) => {
        await logIn(page);
        await page.click(at("nav-users"));
        await page.waitForSelector(at("user-row"));
        expect(await page.locator(at("revoke-open")).count()).toBe(3);
        await see("users");
        await page.click(`${at("user-row")}[data-id="jirodt"] ${at("revoke-open")}`);
        await page.fill(at("confirmation-password"), "Kakunin99");
        await page.click(at("revoke-submit"));
        await page.waitForSelector(at("problem"));
        expect(await page.inputValue(at("confirmation-password"))).toBe("");
        await see("revoke");
        await page.fill(at("confirmation-password"), "Kakunin01");
        await page.click(at("revoke-submit"));
        await page.waitForSelector(`${at("user-row")}[data-id="jirodt"][data-state="revoked"]`);
        await page.waitForSelector(at("revoked-notice"));
        await see("users-revoked");
      },
    ));

  it("leads back to the login where the session has ended", () =>
    walk({ users: [{ error: data.problem("session_ended") }] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.waitForSelector(`${at("problem")}[data-code="session_ended"]`);
      expect(await page.locator(at("log-out")).count()).toBe(0);
      await page.waitForSelector(at("login-certificate"));
      await see("session-ended");
    }));

  it("shows a certificate whole, deletes it, and says what was proved (decision 5, M10)", () =>
    walk(
      {
        certificates: [ok(data.rows), ok(data.rows), ok(data.rows.slice(1))],
        delete_certificate: [ok({ id: data.hanako.id, key: { shared_with: [data.ichiro.id] } })],
      },
      async (page, see) => {
        await page.click(at("nav-certificates"));
        await page.waitForSelector(at("certificate-row"));
        await see("certificates");
        await page.click(`${at("certificate-row")}[data-id="${data.hanako.id}"]`);
        await page.waitForSelector(at("certificate-facts"));
        await see("certificate");
        await page.click(at("delete-open"));
        await see("delete");
        await page.click(at("delete-submit"));
        await page.waitForSelector(at("deleted-notice"));
        expect(await page.textContent(at("deleted-notice"))).toContain("ichirodt");
        expect(await page.locator(at("certificate-row")).count()).toBe(data.rows.length - 1);
        await see("deleted");
      },
    ));

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
