import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import * as banks from "./other-banks";
import { calls, inEveryLook, logIn, ok } from "./walk";

const general = banks.keiyaku.profile.roles[0];
const okmate = { ...data.okmate, profile: { ...data.okmate.profile, roles: general ? [general] : [] } };
const session = { ...data.session, person: { id: "shirodt", name: "ゲータ 四郎", role: "user" } };
const none = { state: "revoked" as const, serial: null, expires: null };

inEveryLook((walk, as) => {
  it("activates a token, asks a drifted one for the next number too, and can be put off (S1-12, S1-13, M4)", () =>
    walk(
      {
        banks: [ok([okmate])],
        log_in_with_certificate: [ok({ ...session, next: "token_activation" })],
        activate_token: [{ error: data.problem("token_out_of_step") }],
        skip_token: [ok(session)],
        own_token: [ok({ state: "unregistered", serial: null, expires: null, offered: true })],
      },
      async (page, see) => {
        await logIn(page);
        await page.fill(at("token-serial"), "43456789");
        await see("token");
        await page.fill(at("token-otp"), "123456");
        await page.click(at("token-submit"));
        await page.waitForSelector(at("token-otp-next"));
        expect(await page.inputValue(at("token-otp"))).toBe("");
        await see("token-drifted");
        await page.click(at("token-skip"));
        await page.waitForSelector(at("token-offered"));
        await see("token-offered");
        await page.click(at("token-open"));
        await page.waitForSelector(at("token-serial"));
        expect(await page.locator(at("token-skip")).count()).toBe(0);
        expect(await calls(page, "activate_token")).toEqual([
          { token: { serial: "43456789", otp: "123456", otp_next: null } },
        ]);
      },
    ));

  it("names the activation as the bank does, and says what to look at (S2-1, S2-15, S2-16)", () => {
    const token = {
      ...data.okmate.profile.token,
      step_seconds: 60,
      digits: 7,
      digest: "sha1" as const,
      activation_name: { ja: "ワンタイムパスワード利用開始登録", en: "One-time password activation" },
      new_tokens_from: "2025-01-31",
    };
    return walk(
      {
        banks: [ok([{ ...okmate, profile: { ...okmate.profile, token } }])],
        log_in_with_certificate: [ok({ ...session, next: "token_activation" })],
      },
      async (page, see) => {
        await logIn(page);
        await page.waitForSelector(at("token-date"));
        const words = {
          ja: [
            "ワンタイムパスワード利用開始登録",
            "「認証確認」ボタンを押してください",
            "「01/31/25」（2025年1月31日）以降",
            "裏面上部に記載された8桁から12桁の番号",
            "液晶部分に表示されている7桁の数字",
            "お手持ちのハードトークンが働いていない場合や",
            "ワンタイムパスワード利用開始登録の省略",
          ],
          en: [
            "One-time password activation",
            "press “Activate”",
            "01/31/25 (31 Jan 2025) or later",
            "The 8 to 12 digits at the top of the back of the token.",
            "The 7 digits on the display of the token.",
            "If your token does not work",
            "Skip: One-time password activation",
          ],
        }[as.language];
        const shown = await page.textContent(at("page"));
        for (const one of words) expect(shown).toContain(one);
        const required = { ja: "必須", en: "Required" }[as.language];
        for (const field of ["token-serial", "token-otp"])
          expect(await page.textContent(at(`${field}-required`))).toBe(required);
        await see("token-named");
        await page.click(at("token-submit"));
        await page.waitForSelector(at("token-serial-fault"));
        expect(await calls(page, "activate_token")).toEqual([]);
      },
    );
  });

  it("tells from when the next token works (S2-10, S2-17)", () =>
    walk(
      {
        banks: [ok([okmate])],
        log_in_with_certificate: [ok(session)],
        own_token: [ok({ ...none, activation_from: "2126-11-20T23:40:00Z", offered: false })],
      },
      async (page, see) => {
        await logIn(page);
        await page.waitForSelector(at("token-waits"));
        expect(await page.textContent(at("token-waits"))).toContain("08:40");
        await see("token-waits");
      },
    ));
});
