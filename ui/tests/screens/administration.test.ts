import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import * as people from "./people";
import { calls, inEveryLook, logIn, ok } from "./walk";

/** The first bank, whose administrator is logged in. */
const okmate = {
  banks: [ok([people.okmate])],
  people: [ok(people.subjects)],
  tokens: [ok(people.tokens)],
  own_token: [ok({ state: "active", serial: "33456789", expires: "2030-03-05T00:00:00Z", offered: false })],
};

/** The third bank, whose master is logged in. */
const shinkin = {
  banks: [ok([people.shinkin])],
  log_in_with_certificate: [ok(people.master)],
  people: [ok([people.keir002])],
  person: [ok(people.keir002)],
  user_settings: [ok(people.settings)],
};

const row = (id: string) => `${at("user-row")}[data-id="${id}"]`;

inEveryLook((walk, as) => {
  it("finds a user, and revokes with the confirmation password (S0-6, S0-14, Q9)", () =>
    walk(
      {
        ...okmate,
        person: [ok(people.subjects[2])],
        change_certificate: [{ error: data.problem("confirmation_password_wrong") }, ok(people.subjects[2])],
      },
      async (page, see) => {
        await logIn(page);
        await page.click(at("nav-users"));
        await page.waitForSelector(row("jirodt"));
        await see("users");
        await page.fill(at("users-search"), "ゲータ二郎");
        expect(await page.locator(at("user-row")).count()).toBe(1);
        await page.fill(at("users-search"), "nobody");
        await page.waitForSelector(at("users-none"));
        await page.fill(at("users-search"), "");
        await page.click(`${row("jirodt")} ${at("user-open")}`);
        await page.waitForSelector(at("user-certificate"));
        await see("user");
        await page.click(at("certificate-open"));
        expect(await page.isDisabled(at("certificate-submit"))).toBe(true);
        await page.check(at("act-revoke"));
        await page.fill(at("confirmation-password"), "Kakunin99");
        await page.click(at("certificate-submit"));
        await page.waitForSelector(at("problem"));
        expect(await page.inputValue(at("confirmation-password"))).toBe("");
        await see("user-revoke");
        await page.fill(at("confirmation-password"), "Kakunin01");
        await page.click(at("certificate-submit"));
        await page.waitForSelector(at("tell"));
        await see("user-revoked");
      },
    ));

  it("warns whom nobody could help any more, before they revoke their own (Q9)", () =>
    walk({ ...okmate, person: [ok(people.subjects[0])], leaves_nobody: [ok(true)] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(`${row("hanakodt")} ${at("user-open")}`);
      await page.click(at("certificate-open"));
      expect(await page.locator(at("leaves-nobody")).count()).toBe(0);
      await page.check(at("act-revoke"));
      await page.waitForSelector(at("leaves-nobody"));
      await see("user-revoke-alone");
    }));

  it("unlocks passwords and a token (M5)", () =>
    walk({ ...okmate, person: [ok(people.subjects[3])], unlock_user: [ok(people.subjects[3])] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(`${row("shirodt")} ${at("user-open")}`);
      await page.waitForSelector(at("unlock-token-open"));
      await see("user-locked");
      await page.click(at("unlock-open"));
      await page.fill(at("confirmation-password"), "Kakunin01");
      await see("user-unlock");
      await page.click(at("unlock-submit"));
      await page.waitForSelector(at("unlocked"));
      await see("user-unlocked");
    }));

  it("edits a user in one act, and goes back to what was shown (S4-7 to S4-14)", () =>
    walk({ ...shinkin, edit_user: [ok(people.keir002Reissued)] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(`${row("keir002")} ${at("user-open")}`);
      await page.waitForSelector(at("edit-open"));
      await see("user-approver");
      await page.click(at("edit-open"));
      await page.waitForSelector(at("edit-name"));
      await see("edit");
      expect(await page.isDisabled(at("edit-submit"))).toBe(true);

      await page.check(at("set-approval"));
      await page.waitForSelector(at("new-approval"));
      await page.check(at("role-general"));
      expect(await page.locator(at("set-approval")).count()).toBe(0);
      await page.fill(at("edit-name"), "somebody");
      // What is not saved is not lost unasked.
      for (const leave of ["nav-settings", "back", "log-out"]) {
        await page.click(at(leave));
        await page.waitForSelector(at("leave-dialog"));
        if (leave === "back") await see("leave-unsaved");
        await page.click(at("leave-stay"));
        expect(await page.inputValue(at("edit-name"))).toBe("somebody");
      }
      await page.click(at("nav-settings"));
      await page.click(at("leave-agree"));
      await page.waitForSelector('[data-page="settings"]');
      await page.click(at("nav-users"));
      await page.click(`${row("keir002")} ${at("user-open")}`);
      await page.click(at("edit-open"));
      await page.fill(at("edit-name"), "somebody");
      await page.click(at("edit-reset"));
      expect(await page.inputValue(at("edit-name"))).toBe("経理担当役席者");
      expect(await page.isChecked(at("role-approver"))).toBe(true);

      await page.check(at("set-login"));
      await page.fill(at("new-login"), "Atara2026");
      await page.fill(at("again-login"), "Atara2027");
      await page.fill(at("confirmation-password"), "Touro1");
      expect(await page.isDisabled(at("edit-submit"))).toBe(true);
      await page.locator(at("set-login")).scrollIntoViewIfNeeded();
      await see("edit-password");
      await page.fill(at("again-login"), "Atara2026");
      await page.check(at("company-0010000002"));
      await page.check(at("act-reissue"));
      await page.locator(at("company-0010000002")).scrollIntoViewIfNeeded();
      await see("edit-companies");
      await page.click(at("edit-submit"));
      await page.waitForSelector(at("tell"));
      expect(await calls(page, "edit_user")).toEqual([
        {
          user: "keir002",
          edit: {
            login_password: "Atara2026",
            companies: ["0010000001", "0010000002"],
            certificate: "reissue",
            confirmation_password: "Touro1",
          },
        },
      ]);
      await see("edit-done");
    }));

  it("sets every password of a user, single transfers and their limit (S4-7, Q1)", () =>
    walk({ ...shinkin, edit_user: [ok(people.keir002)] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(`${row("keir002")} ${at("user-open")}`);
      await page.click(at("edit-open"));
      await page.waitForSelector(at("edit-name"));
      const words = {
        ja: ["当金庫所定の限度額", "会社コード", "口座情報", "090 本部090 普通 1000900", "契約種別", "給与・賞与振込"],
        en: ["the limit of the Shinkin bank", "Company code", "Account", "090 Head office 090", "Contracts", "salary"],
      }[as.language];
      const shown = await page.textContent(at("page"));
      for (const word of words) expect(shown).toContain(word);
      await page.check(at("set-login"));
      await page.click(at("new-login-keyboard"));
      await page.waitForSelector(at("software-keyboard"));
      await page.keyboard.press("Escape");
      await page.uncheck(at("set-login"));
      const set = [
        ["confirmation", "Tou298", 6],
        ["approval", "Syou298001", 10],
        ["transfer", "Sous298001", 10],
      ] as const;
      for (const [kind, password, length] of set) {
        await page.check(at(`set-${kind}`));
        await page.fill(at(`new-${kind}`), password);
        await page.fill(at(`again-${kind}`), password);
        const rule = as.language === "ja" ? `${length}文字` : `${length} characters`;
        expect(await page.textContent(`.pair:has(${at(`new-${kind}`)})`)).toContain(rule);
      }
      await page.uncheck(at("edit-single-transfer"));
      await page.fill(at("edit-limit"), "0");
      await page.locator(at("set-transfer")).scrollIntoViewIfNeeded();
      await see("edit-all-passwords");
      await page.fill(at("confirmation-password"), "Touro1");
      await page.click(at("edit-submit"));
      await page.waitForSelector(at("user-done"));
      expect(await calls(page, "edit_user")).toEqual([
        {
          user: "keir002",
          edit: {
            single_transfer: false,
            transfer_limit_thousand_yen: 0,
            new_confirmation_password: "Tou298",
            approval_password: "Syou298001",
            transfer_password: "Sous298001",
            confirmation_password: "Touro1",
          },
        },
      ]);
    }));

  it("says why a role has no approval password (S4-7)", () =>
    walk(shinkin, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(`${row("keir002")} ${at("user-open")}`);
      await page.click(at("edit-open"));
      await page.check(at("role-general"));
      expect(await page.textContent(at("withheld-approval"))).toContain(
        {
          ja: "一般者の権限では、承認用パスワードを登録できません。",
          en: "The role “General user” cannot have this: approval password",
        }[as.language],
      );
      await page.locator(at("withheld-approval")).scrollIntoViewIfNeeded();
      await see("edit-withheld");
    }));

  it("offers no keeping of what has expired (Q8)", () =>
    walk({ ...shinkin, person: [ok(people.keir002Expired)] }, async (page, see) => {
      await logIn(page);
      await page.click(at("nav-users"));
      await page.click(`${row("keir002")} ${at("user-open")}`);
      await page.click(at("certificate-open"));
      await page.waitForSelector(at("not-kept"));
      expect(await page.locator(at("act-keep")).count()).toBe(0);
      await page.check(at("act-reissue"));
      await see("user-reissue");
    }));

  it("revokes several tokens, and says from when they can be activated (S2-5 to S2-14)", () =>
    walk(
      {
        ...okmate,
        revoke_tokens: [
          { error: data.problem("otp_wrong") },
          ok({ users: people.tokens.slice(1, 3), activation_from: "2026-11-20T23:40:00Z" }),
        ],
      },
      async (page, see) => {
        await logIn(page);
        await page.click(at("nav-users"));
        await page.click(at("tab-tokens"));
        const choose = (id: string) => `${at("token-row")}[data-id="${id}"] ${at("token-choose")}`;
        await page.waitForSelector(choose("jirodt"));
        expect(await page.isDisabled(choose("jirodt"))).toBe(true);
        expect(await page.isDisabled(at("tokens-revoke"))).toBe(true);
        await page.check(choose("ichirodt"));
        await page.check(choose("shirodt"));
        await see("tokens");
        await page.click(at("tokens-revoke"));
        await page.fill(at("otp"), "123456");
        await page.fill(at("confirmation-password"), "Kakunin01");
        await see("tokens-dialog");
        await page.click(at("tokens-submit"));
        await page.waitForSelector(at("problem"));
        expect([await page.inputValue(at("otp")), await page.inputValue(at("confirmation-password"))]).toEqual([
          "",
          "",
        ]);
        await page.fill(at("otp"), "234567");
        await page.fill(at("confirmation-password"), "Kakunin01");
        await page.click(at("tokens-submit"));
        await page.waitForSelector(at("activation-from"));
        expect(await page.textContent(at("activation-from"))).toContain("08:40");
        await see("tokens-revoked");
      },
    ));

  it("sets the clock of one's own token (M4)", () =>
    walk(
      {
        ...okmate,
        resync_token: [
          { error: data.problem("token_resync_failed") },
          ok({ ...people.tokens[0]?.token, offered: false }),
        ],
      },
      async (page, see) => {
        await logIn(page);
        await page.click(at("nav-users"));
        await page.click(at("tab-tokens"));
        await page.click(at("resync-open"));
        for (const end of [at("problem"), at("resynced")]) {
          await page.fill(at("otp"), "123456");
          await page.fill(at("otp-next"), "654321");
          await page.click(at("resync-submit"));
          await page.waitForSelector(end);
          await see(end === at("problem") ? "resync" : "resync-done");
        }
      },
    ));

  it("tells of a reissue, and stops the contract in one act (M7)", () =>
    walk({ ...okmate, top: [ok(people.warned)], freeze: [ok(null)] }, async (page, see) => {
      await logIn(page);
      await page.waitForSelector(at("reissue-note"));
      await see("reissue-note");
      await page.click(at("reissue-open"));
      await see("reissue-notice");
      await page.click(at("notice-freeze"));
      await page.waitForSelector(at("freeze-what"));
      await see("freeze");
      await page.click(at("freeze-open"));
      await page.fill(at("confirmation-password"), "Kakunin01");
      await see("freeze-ask");
      await page.click(at("freeze-submit"));
      await page.waitForSelector(at("frozen"));
      await see("frozen");
    }));
});
