import { expect, it } from "vitest";
import type { TokenLine } from "../../src/ipc/bindings";
import { at } from "./browser";
import * as data from "./data";
import * as people from "./people";
import { calls, inEveryLook, logIn, ok } from "./walk";

const token = {
  step_seconds: 60,
  digits: 6,
  digest: "sha1" as const,
  new_tokens_from: "2025-01-31",
  wait: { minutes: 30, night_from: "20:50", night_to: "08:10", morning: "08:40", activation_by_night: false },
};
const telephone_centre = {
  name: { ja: "テレホンセンター", en: "Telephone centre" },
  telephone: "0120-000-010",
  hours: { ja: "平日 9:00～17:00", en: "Weekdays 9:00 to 17:00" },
};
const bank = { ...people.okmate, profile: { ...people.okmate.profile, token, telephone_centre } };

const person = (id: string, name: string) => ({ id, name, role: "general" });
const shared = { state: "active" as const, serial: "43456789", expires: "2030-03-05T00:00:00Z" };
const lines: TokenLine[] = [
  {
    person: { id: "hanakodt", name: "ゲータ 花子", role: "administrator" },
    token: { state: "active", serial: "33456789", expires: "2021-06-30T00:00:00Z" },
  },
  { person: person("jirodt", "ゲータ 二郎"), token: shared },
  { person: person("saburodt", "ゲータ 三郎"), token: { state: "not_required", serial: null, expires: null } },
  { person: person("shirodt", "ゲータ 四郎"), token: shared },
];

const answers = {
  banks: [ok([bank])],
  people: [ok(people.subjects)],
  tokens: [ok(lines)],
  own_token: [ok({ ...lines[0]?.token, offered: false })],
  revoke_tokens: [ok({ users: [lines[1]], activation_from: "2026-11-20T23:40:00Z" })],
};

inEveryLook((walk, as) => {
  const contains = (text: string | null, words: Record<"ja" | "en", string[]>) => {
    for (const one of words[as.language]) expect(text).toContain(one);
  };

  it("says what a change of token takes, and explains the list (S2-1, S2-2, S2-3, S2-8, S2-11, S2-12)", () =>
    walk(answers, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(at("tab-tokens"));
      await page.waitForSelector(at("token-row"));
      const headings = await page.locator("thead th").allTextContents();
      expect(headings.at(-1)).toBe({ ja: "ハードトークン有効期限", en: "Token expires" }[as.language]);
      const cells = async (id: string) =>
        (await page.locator(`${at("token-row")}[data-id="${id}"] > *`).allTextContents()).map((cell) =>
          cell.replace(/\s+/gu, " ").trim(),
        );
      expect((await cells("hanakodt")).at(-1)).toBe(
        { ja: "2021年6月30日 09:00 刻印：06/30/21", en: "30 Jun 2021 09:00 engraved 06/30/21" }[as.language],
      );
      expect((await cells("saburodt")).slice(4)).toEqual(["-", "-", "-"]);
      contains(await page.textContent(at("page")), {
        ja: [
          "現在登録中のトークンと、お届けしたトークンをご準備のうえ、次の2つの操作をお願いします。",
          "お届けしたトークン（有効期限が「01/31/25」（2025年1月31日）以降のもの）の利用開始登録",
          "「月/日/西暦下2桁」で刻印されています",
          "ワンタイムパスワードが必要のない利用者は、「ワンタイムパスワード状態」欄で「-」で表示しています。",
          "マスターユーザまたは管理者ユーザが失効操作をしてください",
          "詳しくはお取引店またはテレホンセンターまでお問い合わせください。",
          "テレホンセンター：0120-000-010（平日 9:00～17:00）",
        ],
        en: [
          "Have the token that is in use and the token that was sent to you at hand.",
          "its date is 01/31/25 (31 Jan 2025) or later",
          "engraved on its back as month/day/year",
          "A dash under “One-time password status” means that the user needs no one-time password.",
          "it can still be revoked (master user or administrator)",
          "ask your home branch or telephone centre",
          "Telephone centre: 0120-000-010 (Weekdays 9:00 to 17:00)",
        ],
      });
      await see("token-change");
    }));

  it("chooses tokens by the date that is engraved on them (S2-1)", () =>
    walk(answers, async (page) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(at("tab-tokens"));
      await page.waitForSelector(at("tokens-by-expiry"));
      expect(await page.locator(at("tokens-by-expiry")).allTextContents()).toEqual(["06/30/21", "03/05/30"]);
      await page.click(`${at("tokens-by-expiry")}[data-date="03/05/30"]`);
      const chosen = page.locator(`${at("token-choose")}:checked`);
      expect(await chosen.evaluateAll((boxes) => boxes.map((box) => (box as HTMLInputElement).value))).toEqual([
        "jirodt",
        "shirodt",
      ]);
      await page.click(`${at("tokens-by-expiry")}[data-date="06/30/21"]`);
      expect(await chosen.count()).toBe(1);
      const label = { ja: "有効期限（刻印）で選ぶ", en: "Select by engraved date" }[as.language];
      expect(await page.textContent(at("page"))).toContain(label);
    }));

  it("says before the act when the next token works and who shares this one (S2-4, S2-6, S2-7, S2-10)", () =>
    walk(answers, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(at("tab-tokens"));
      await page.check(`${at("token-row")}[data-id="jirodt"] ${at("token-choose")}`);
      await page.click(at("tokens-revoke"));
      contains(await page.textContent(at("tokens-dialog")), {
        ja: [
          "ハードトークンの再登録は、失効の30分後に実施可能となります。",
          "20:50から翌日08:10までに失効された場合は、08:40以降に実施可能となります。",
          "20:50から08:40までは、実施できません。",
          "該当するトークンは、shirodtもご利用です。",
        ],
        en: [
          "The next token can be activated 30 minutes after the revocation.",
          "After a revocation from 20:50 to 08:10 of the next day, it can be activated from 08:40.",
          "From 20:50 to 08:40 no token can be activated.",
          "This token is also used by shirodt.",
        ],
      });
      await see("token-change-dialog");
      // Both fields are required.
      expect(await page.isDisabled(at("tokens-submit"))).toBe(true);
      await page.fill(at("otp"), "123456");
      expect(await page.isDisabled(at("tokens-submit"))).toBe(true);
      await page.fill(at("confirmation-password"), "Kakunin01");
      await page.click(at("tokens-submit"));
      contains(await page.textContent(at("tokens-shared-still")), {
        ja: ["該当するトークンは、shirodtがまだご利用です。"],
        en: ["This token is still in use by shirodt."],
      });
      await see("token-change-shared");
    }));

  it("revokes a shared token for everyone in one act (S2-4)", () =>
    walk(answers, async (page) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(at("tab-tokens"));
      await page.check(`${at("token-row")}[data-id="jirodt"] ${at("token-choose")}`);
      await page.click(at("tokens-revoke"));
      await page.click(at("tokens-add-sharers"));
      await page.fill(at("otp"), "123456");
      await page.fill(at("confirmation-password"), "Kakunin01");
      await page.click(at("tokens-submit"));
      await page.waitForSelector(at("activation-from"));
      expect(await page.locator(at("tokens-shared-still")).count()).toBe(0);
      const [sent] = await calls(page, "revoke_tokens");
      expect(sent).toMatchObject({ users: ["jirodt", "shirodt"] });
    }));

  it("says the roles that revoke tokens to whose own has expired (S2-3)", () =>
    walk(
      { ...answers, own_token: [ok({ ...lines[0]?.token, state: "expired", offered: false })], top: [ok(data.top)] },
      async (page) => {
        await logIn(page);
        contains(await page.textContent(at("token-expired")), {
          ja: ["マスターユーザまたは管理者ユーザに失効を依頼し"],
          en: ["Ask for its revocation (master user or administrator)"],
        });
      },
    ));
});
