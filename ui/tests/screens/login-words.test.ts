import { expect, it } from "vitest";
import { at } from "./browser";
import * as data from "./data";
import { inEveryLook, logIn, ok } from "./walk";

const browser = (name: string) => ({ browser: `https://bank.example/okmate/${name}` });

/** The first bank, with a branch and with what is behind the buttons of its menu. */
const okmate = {
  ...data.okmate,
  profile: {
    ...data.okmate.profile,
    branch: {
      name: { ja: "お取引店", en: "Home branch" },
      telephone: "0120-000-000",
      hours: { ja: "平日 9:00～19:00", en: "Weekdays 9:00 to 19:00" },
    },
    menu: [
      {
        name: { ja: "照会", en: "Enquiries" },
        about: { ja: "残高照会、入出金明細照会", en: "balances and account statements" },
        target: browser("enquiries"),
      },
      {
        name: { ja: "データ伝送サービス", en: "Data transmission" },
        about: { ja: "総合振込・口座振替", en: "bulk transfers, direct debits" },
        target: browser("data"),
        items: [
          { name: { ja: "総合振込", en: "Bulk transfers" }, target: browser("data/bulk") },
          { name: { ja: "口座振替", en: "Direct debits" }, target: browser("data/direct-debits") },
        ],
      },
    ],
  },
};

inEveryLook((walk, as) => {
  it("asks the user to check the last logins, and names the branch (S1-16)", () =>
    walk({ banks: [ok([okmate])] }, async (page) => {
      await logIn(page);
      await page.waitForSelector(at("logins"));
      const words = {
        ja: ["今回", "前回", "前々回", "最近3回のログイン日時は、必ず確認してください。お心当たりがないときは"],
        en: ["This login", "Last login", "Before that", "Always check the times of the last 3 logins. Not you?"],
      };
      const logins = (await page.textContent(at("logins")))?.replace(/\s+/gu, " ");
      for (const one of words[as.language]) expect(logins).toContain(one);
      await page.click(at("unknown-login-open"));
      const unknown = {
        ja: "お取引店へお電話ください。0120-000-000（平日 9:00～19:00）",
        en: "0120-000-000 (Weekdays 9:00 to 19:00)",
      };
      expect(await page.textContent(at("unknown-login"))).toContain(unknown[as.language]);
    }));

  it("says what is behind a button of the menu (S1-14)", () =>
    walk({ banks: [ok([okmate])] }, async (page, see) => {
      await logIn(page);
      await page.waitForSelector(at("menu-0"));
      const about = { ja: "残高照会、入出金明細照会", en: "balances and account statements" };
      expect(await page.getAttribute(at("menu-0"), "title")).toBe(about[as.language]);
      await page.click(at("menu-1"));
      const data = { ja: "総合振込・口座振替", en: "bulk transfers, direct debits" };
      expect(await page.textContent(at("menu-1-about"))).toBe(data[as.language]);
      await page.waitForSelector(at("menu-1-1"));
      await see("menu-about");
    }));

  it("says that case matters beside a new password, and where certificates work (S1-5, S1-9, S1-10)", () =>
    walk(
      {
        banks: [ok([okmate])],
        certificates: [ok([])],
        log_in_with_id: [ok({ ...data.session, next: "password_change", confirmation_registered: false })],
      },
      async (page) => {
        const here = {
          ja: "電子証明書は、取得したパソコンでだけ使えます。",
          en: "A certificate can be used only on the PC that got it.",
        };
        expect(await page.textContent(at("start-none-here"))).toBe(here[as.language]);
        await page.click(at("login-id-open"));
        await page.fill(at("id-user"), "hanakodt");
        await page.fill(at("password"), "Hanako2026");
        await page.click(at("password-submit"));
        await page.waitForSelector(at("change-submit"));
        const rule = {
          ja: "半角の英字と数字だけ（大文字と小文字は区別されます）",
          en: "Half-width letters and digits only; upper and lower case differ",
        };
        const rules = await page.locator(at("rule-characters")).allTextContents();
        expect(rules.length).toBe(2);
        for (const one of rules) expect(one).toContain(rule[as.language]);
        expect(await page.textContent(at("change-submit"))).toBe({ ja: "実行", en: "Change passwords" }[as.language]);
      },
    ));
});
