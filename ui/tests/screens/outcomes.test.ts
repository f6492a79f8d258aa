import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { BankSummary, ManagedUser } from "../../src/ipc/bindings";
import { at } from "./browser";
import { problem } from "./data";
import * as people from "./people";
import { calls, inEveryLook, logIn, ok } from "./walk";

// How each act of an administrator ends, and who has to hear what.

const [hanako, ichiro, , shiro] = people.subjects as [ManagedUser, ManagedUser, ManagedUser, ManagedUser];
const noToken = { state: "not_required", serial: null, expires: null } as const;
const withToken = { state: "active", serial: "33456789", expires: "2030-03-05T00:00:00Z", offered: false };
const okmate = {
  banks: [ok([people.okmate])],
  people: [ok(people.subjects)],
  tokens: [ok(people.tokens)],
  own_token: [ok(withToken)],
};
const shinkin = {
  banks: [ok([people.shinkin])],
  log_in_with_certificate: [ok(people.master)],
  people: [ok([people.keir002])],
  person: [ok(people.keir002)],
  user_settings: [ok(people.settings)],
};

/** Opens the page of a user. */
async function openUser(page: Page, id: string): Promise<void> {
  await logIn(page);
  await page.click(at("nav-users"));
  await page.click(`${at("user-row")}[data-id="${id}"] ${at("user-open")}`);
  await page.waitForSelector(at("user-certificate"));
}

/** Does an action on the certificate of the user whose page is open. */
async function act(page: Page, what: "keep" | "reissue" | "revoke"): Promise<void> {
  await page.click(at("certificate-open"));
  await page.check(at(`act-${what}`));
  await page.fill(at("confirmation-password"), "Touro1");
  await page.click(at("certificate-submit"));
  await page.waitForSelector(at("user-done"));
}

inEveryLook((walk, as) => {
  it("calls a certificate's lines and choices as the bank does (S4-9, S4-10)", () =>
    walk(shinkin, async (page) => {
      const words = {
        ja: {
          lines: ["電子証明書状況", "取得済", "電子証明書有効期限", "電子証明書シリアルID"],
          choices: ["継続利用する", "再発行する", "失効する", "経理担当役席者 様（keir002）"],
        },
        en: {
          lines: ["Certificate state", "Acquired", "Certificate expiry", "Certificate serial ID"],
          choices: ["Go on using", "Reissue", "Revoke", "経理担当役席者 (keir002)"],
        },
      }[as.language];
      await openUser(page, "keir002");
      const lines = await page.textContent(at("user-certificate"));
      for (const word of words.lines) expect(lines).toContain(word);
      await page.click(at("certificate-open"));
      const choices = await page.textContent(at("certificate-dialog"));
      for (const word of words.choices) expect(choices).toContain(word);
    }));

  it("keeps a certificate (S3-6)", () =>
    walk({ ...shinkin, change_certificate: [ok(people.keir002)] }, async (page, see) => {
      await openUser(page, "keir002");
      await act(page, "keep");
      await see("user-kept");
      await page.click(at("done-user"));
      await page.waitForSelector(at("user-certificate"));
    }));

  it("reissues one, and says what its user needs (S3-8, S4-15)", () =>
    walk({ ...shinkin, change_certificate: [ok(people.keir002Reissued)] }, async (page, see) => {
      await openUser(page, "keir002");
      await act(page, "reissue");
      await page.waitForSelector(at("tell"));
      const told = await page.textContent(at("tell"));
      const words = {
        ja: [
          "お客様ID",
          "keir002",
          "電子証明書取得期限",
          "「電子証明書を取得する」を選び",
          "新しい電子証明書でログイン",
        ],
        en: ["Customer ID", "keir002", "Certificate to be acquired by", "choose Get certificate", "new certificate"],
      }[as.language];
      for (const word of words) expect(told).toContain(word);
      expect(await page.locator(at("tell-token")).count()).toBe(0);
      await see("user-reissued");
    }));

  it("revokes one for good where users get none by themselves", () =>
    walk({ ...shinkin, change_certificate: [ok(people.keir002)] }, async (page, see) => {
      await openUser(page, "keir002");
      await act(page, "revoke");
      expect(await page.locator(at("tell")).count()).toBe(0);
      await see("user-revoked-for-good");
    }));

  it("ends the login with the own certificate (S0-9)", () =>
    walk(
      { ...okmate, person: [ok(hanako)], leaves_nobody: [ok(false)], change_certificate: [ok(hanako)] },
      async (page, see) => {
        await openUser(page, "hanakodt");
        await see("user-own");
        await act(page, "revoke");
        await page.waitForSelector(at("next-own"));
        expect(await page.locator(at("log-out")).count()).toBe(0);
        await see("user-revoked-own");
        await page.click(at("done-start"));
        await page.waitForSelector(at("login-certificate"));
      },
    ));

  it("registers a change without a certificate's (S4-14)", () =>
    walk({ ...shinkin, edit_user: [ok(people.keir002)] }, async (page, see) => {
      await openUser(page, "keir002");
      await page.click(at("edit-open"));
      await page.fill(at("edit-name"), "経理担当");
      await page.fill(at("confirmation-password"), "Touro1");
      await page.click(at("edit-submit"));
      await page.waitForSelector(at("user-done"));
      expect(await page.textContent(at("user-done"))).toContain(
        {
          ja: "お客様IDの変更が終了しました。このお客様IDは「keir002」です。",
          en: "The change of the customer ID is complete. This customer ID is keir002.",
        }[as.language],
      );
      await see("edit-done-plain");
    }));

  it("unlocks a token (M5)", () =>
    walk({ ...okmate, person: [ok(shiro)], unlock_token: [ok(shiro)] }, async (page, see) => {
      await openUser(page, "shirodt");
      await page.click(at("unlock-token-open"));
      await page.fill(at("confirmation-password"), "Kakunin01");
      await see("user-unlock-token");
      await page.click(at("unlock-submit"));
      await page.waitForSelector(at("unlocked"));
      await see("user-unlocked-token");
      expect(await calls(page, "unlock_token")).toEqual([{ user: "shirodt", confirmationPassword: "Kakunin01" }]);
    }));

  it("says who helps the administrators themselves: others, the branch by form, or by telephone (S3-4, M5)", () =>
    walk(
      {
        ...okmate,
        banks: [ok([resort("request_form")])],
        person: [ok({ ...hanako, allowed: [], record: { ...hanako.record, locked: ["confirmation"] } })],
      },
      async (page, see) => {
        await openUser(page, "hanakodt");
        await see("user-own-form");
      },
    ));

  it("gives the branch's number where it helps by telephone (S4-4)", () =>
    walk(
      { ...okmate, banks: [ok([resort("telephone")])], person: [ok({ ...hanako, allowed: [] })] },
      async (page, see) => {
        await openUser(page, "hanakodt");
        expect(await page.textContent(at("user-certificate"))).toContain("0120-000-000");
        await see("user-own-telephone");
      },
    ));

  it("revokes no token without an own one that works (S2-9)", () =>
    walk(
      {
        ...okmate,
        people: [ok([hanako, { ...ichiro, record: { ...ichiro.record, token: noToken } }, shiro])],
        tokens: [
          ok([
            {
              person: hanako.record.person,
              token: { state: "expired", serial: "33456789", expires: "2026-10-22T14:59:59Z" },
            },
            { person: ichiro.record.person, token: noToken },
            {
              person: shiro.record.person,
              token: { state: "out_of_step", serial: "43456789", expires: "2030-03-05T00:00:00Z" },
            },
          ]),
        ],
      },
      async (page, see) => {
        await logIn(page);
        await page.click(at("nav-users"));
        await page.waitForSelector(at("user-row"));
        await see("users-without-tokens");
        await page.click(at("tab-tokens"));
        await page.waitForSelector(at("own-token-unusable"));
        expect(await page.locator(at("resync-open")).count()).toBe(0);
        await see("tokens-own-unusable");
      },
    ));

  it("sets the own token's clock first, where that has drifted (M4)", () =>
    walk({ ...okmate, revoke_tokens: [{ error: problem("token_out_of_step") }] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(at("tab-tokens"));
      await page.check(`${at("token-row")}[data-id="ichirodt"] ${at("token-choose")}`);
      await page.click(at("tokens-revoke"));
      await page.fill(at("otp"), "123456");
      await page.fill(at("confirmation-password"), "Kakunin01");
      await page.click(at("tokens-submit"));
      await page.waitForSelector(at("resync-instead"));
      await see("tokens-out-of-step");
      await page.click(at("resync-instead"));
      await page.waitForSelector(at("otp-next"));
    }));

  it.each(["expired", "out_of_step", "locked"] as const)(
    "tells on the top page that the own token is %s (M4)",
    (state) =>
      walk({ ...okmate, own_token: [ok({ ...withToken, state })] }, async (page, see) => {
        await logIn(page);
        const name = `token-${state.replaceAll("_", "-")}`;
        await page.waitForSelector(at(name));
        await see(`top-${name}`);
      }),
  );
});

/** Returns the first bank with another last resort, by which administrators get help with their own certificate. */
function resort(last_resort: "request_form" | "telephone"): BankSummary {
  const roles = people.okmate.profile.roles.map((role) => ({ ...role, last_resort }));
  return { ...people.okmate, profile: { ...people.okmate.profile, roles } };
}
