import { expect, it } from "vitest";
import type { Guide, GuideStep, MigrationRequest, Paper } from "../../src/ipc/bindings";
import { at, type Look } from "./browser";
import * as data from "./data";
import { picture } from "./pictures";
import { calls, inEveryLook, logIn, ok } from "./walk";

const request = (
  more: Partial<MigrationRequest["asked"]> = {},
  thisPc: MigrationRequest["this_pc"] = "new",
): MigrationRequest => ({
  asked: { method: "certificate", role: "master", old_pc_works: true, another_administrator: true, ...more },
  this_pc: thisPc,
  user: "ichirodt",
  contract: null,
});

const step = (
  actor: GuideStep["actor"],
  location: GuideStep["location"],
  kind: GuideStep["kind"],
  act: GuideStep["act"],
  done = false,
  said = false,
): GuideStep => ({ actor, location, kind, done, unknown: false, said, act });

const guide = (steps: GuideStep[], more: Partial<Guide> = {}): Guide => ({
  bank: "okmate",
  request: request(),
  alone: false,
  steps,
  helpers: data.okmate.profile.roles.slice(1, 2).map((role) => ({ name: role.name, another: false })),
  certificate: null,
  ...more,
});

/** Returns the guide of a master on the new PC (S0-9), with the steps that are done. */
const onTheNewPc = (checked: boolean, revoked: boolean, acquired: boolean) =>
  guide([
    step("you", "new_pc", "check_pc", "check_pc", checked),
    step("you", "old_pc", "revoke", "confirm", revoked, revoked),
    step("you", "new_pc", "acquire", "acquire", acquired),
    step("you", "new_pc", "log_in", "log_in", acquired),
    step("you", "old_pc", "delete_old", "confirm", acquired, acquired),
  ]);

const onTheOldPc = (act: GuideStep["act"], more: Partial<Guide> = {}) =>
  guide(
    [
      step("you", "new_pc", "check_pc", "confirm", true, true),
      step("you", "old_pc", "revoke", act),
      step("you", "new_pc", "acquire", "confirm"),
      step("you", "new_pc", "log_in", "confirm"),
      step("you", "old_pc", "delete_old", "delete"),
    ],
    { request: request({}, "old"), certificate: data.ichiro.id, ...more },
  );

const onPaper = (handedIn: boolean) =>
  guide(
    [
      step("you", "new_pc", "check_pc", "check_pc", true),
      step("you", "branch", "hand_in_form", "open_form", handedIn, handedIn),
      step("branch", "branch", "revoke_and_report", "confirm"),
      step("you", "new_pc", "acquire", "acquire"),
      step("you", "new_pc", "log_in", "log_in"),
    ],
    { request: request({ old_pc_works: false, another_administrator: false }) },
  );

const unfit = (language: Look["language"]) => ({
  fit: false,
  checks: [
    { check: "version", level: "ok", title: "Inkan 0.1.0", detail: "", next: null, code: null, certificate: null },
    {
      check: "clock",
      level: "problem",
      title: { ja: "パソコンの時計が12分進んでいます", en: "This PC’s clock is 12 minutes ahead" }[language],
      detail: "",
      next: { ja: "時計を合わせてから、もう一度お試しください。", en: "Set the clock, then try again." }[language],
      code: null,
      certificate: null,
    },
  ],
});

const paper: Paper = {
  title: "電子証明書失効届",
  to: "お取引店 御中",
  date: "ご記入日　　　　　年　　　月　　　日",
  request: "下記の利用者について、電子証明書の失効を届け出ます。",
  rows: [
    ["サービス名", "OKメイト・WEB"],
    ["ご契約先名", "ゲータ商事株式会社"],
    ["契約者番号", "00009876543"],
    ["ログインID", "ichirodt"],
    ["氏名", "ゲータ 一郎"],
    ["利用者区分", "マスターユーザ"],
    ["電子証明書のシリアル番号", "5d3779b15d3779b15d3779b15d3779b1ab"],
    ["電子証明書の有効期限", "2027年11月21日"],
    ["お手続きの内容", "電子証明書の失効"],
    ["理由", "□ パソコンの変更　□ 故障・紛失　□ その他（　　　　　　　　　　　　）"],
    ["お取引店名", ""],
    ["ご連絡先電話番号", ""],
  ].map(([name, value]) => ({ name: name ?? "", value: value ?? "" })),
  seal: "お届け印",
  note: "記入・押印のうえ、お取引店へお持ちください。お手続きの完了をご連絡します。お問い合わせ：0120-000-000（平日 9:00～19:00）",
  bank: "銀行使用欄",
  bank_boxes: ["受付", "印鑑照合", "処理"],
};

const state = (kind: string, is: string) => `${at("move-step")}[data-kind="${kind}"][data-state="${is}"]`;

/** What the question for the way to log in says about each way (S0-3). */
const waysToLogIn = {
  ja: [
    "電子証明書およびログインパスワードによりログインする方法です。",
    "ログインIDおよびログインパスワードによりログインする方法です。",
  ],
  en: [
    "You log in with the certificate and the login password.",
    "You log in with the login ID and the login password.",
  ],
};

/** What the guide says if another user revokes: whom to ask, what that user does, and what is left to do. */
const ofAnother = {
  master: {
    ja: ["管理者ユーザに依頼してください。管理者ユーザの確認用パスワードが必要です。"],
    en: ["Ask: administrator. This needs the confirmation password of the administrator."],
  },
  administrator: {
    ja: ["マスターユーザまたは他の管理者ユーザに依頼してください。依頼された方の確認用パスワードが必要です。"],
    en: ["Ask: master user or another administrator. This needs their own confirmation password."],
  },
  general: {
    ja: ["一般ユーザは電子証明書の失効操作は行えません。マスターユーザまたは管理者ユーザに依頼してください。"],
    en: ["The role “General user” can’t revoke certificates. Ask: master user or administrator."],
  },
  all: {
    ja: [
      "依頼された方は、OKメイト・WEBにログインし、利用者の一覧から「ichirodt」を開いて、電子証明書を失効します。",
      "古いパソコンから古い電子証明書を削除してください。",
    ],
    en: [
      "The person you ask logs in to OKmate WEB, opens “ichirodt” in the list of users, and revokes the certificate.",
      "delete the old certificate from it once you have logged in on the new PC.",
    ],
  },
};

/** What the copied request says. */
const toCopy = {
  ja: ["OKメイト・WEBの電子証明書の失効をお願いします。", "「ichirodt」を開いて", "確認用パスワードが必要です。"],
  en: ["Please revoke my certificate at OKmate WEB.", "open “ichirodt”", "This needs your confirmation password."],
};

/** Returns the guide of a user of that role whose old PC is gone, after the check of the new PC. */
const helpedBy = (role: "master" | "administrator" | "general") =>
  guide(
    [
      step("you", "new_pc", "check_pc", "check_pc", true),
      step("administrator", "their_pc", "revoke", "confirm"),
      step("you", "new_pc", "acquire", "acquire"),
      step("you", "new_pc", "log_in", "log_in"),
    ],
    {
      request: request({ role, old_pc_works: false }),
      helpers: data.okmate.profile.roles
        .slice(role === "master" ? 1 : 0, 2)
        .map(({ id, name }) => ({ name, another: id === role })),
    },
  );

inEveryLook((walk, as) => {
  it("asks what the way depends on, and says early that something is to be done (S0-1, S0-3, S0-4)", () =>
    walk({ guide: [ok(null)], begin_guide: [ok(onTheNewPc(false, false, false))] }, async (page, see) => {
      await page.click(at("nav-move"));
      await page.waitForSelector(at("move-early"));
      await see("move-questions");
      for (const words of waysToLogIn[as.language]) expect(await page.textContent("main")).toContain(words);
      await page.check(at("this-pc-old"));
      expect(await page.locator(at("old-works-yes")).count()).toBe(0);
      await page.check(at("method-id_password"));
      expect(await page.locator(at("other-yes")).count()).toBe(0);
      await page.check(at("method-certificate"));
      await page.check(at("this-pc-new"));
      await page.check(at("role-master"));
      await page.fill(at("move-user"), "ichirodt");
      await page.check(at("old-works-yes"));
      await page.check(at("other-yes"));
      await see("move-answered");
      await page.click(at("move-begin"));
      await page.waitForSelector(state("check_pc", "next"));
      expect(await calls(page, "begin_guide")).toEqual([{ bank: "okmate", request: request() }]);
    }));

  it("shows the whole way, who does each step, and one button (S0-2, S0-8, S0-9, S0-15)", () =>
    walk(
      {
        check_up: [ok({ fit: true, checks: [] })],
        guide: [
          ok(onTheNewPc(false, false, false)),
          ok(onTheNewPc(false, false, false)),
          ok(onTheNewPc(true, false, false)),
          ok(onTheNewPc(true, true, true)),
        ],
        check_new_pc: [ok(unfit(as.language)), ok({ fit: true, checks: [] })],
        say_done: [
          ok(onTheNewPc(true, true, false)),
          ok(onTheNewPc(true, false, false)),
          ok(onTheNewPc(true, true, false)),
        ],
        end_guide: [ok(null)],
      },
      async (page, see) => {
        await page.click(at("nav-move"));
        await see("move-begun");
        expect(await page.locator(".act").count()).toBe(1);
        await page.click(at("move-environment-open"));
        const address = "https://bank.example/okmate/requirements";
        expect(await calls(page, "open_in_browser")).toEqual([{ address }]);
        await page.click(at("move-check"));
        await page.waitForSelector(at("move-unfit"));
        await see("move-unfit");
        await page.click(at("move-doctor"));
        await page.waitForSelector(at("doctor-again"));
        await page.keyboard.press("Alt+ArrowLeft");
        await page.click(at("move-check"));
        await page.waitForSelector(state("revoke", "next"));
        await see("move-checked");
        await page.click(at("move-said"));
        await page.waitForSelector(state("acquire", "next"));
        await page.click(at("move-unsay"));
        await page.waitForSelector(state("revoke", "next"));
        await page.click(at("move-said"));
        await page.waitForSelector(state("acquire", "next"));
        await see("move-acquire");
        await page.click(at("move-acquire"));
        expect(await page.inputValue(at("acquire-user"))).toBe("ichirodt");
        await page.click(at("nav-move"));
        await page.waitForSelector(at("move-finished"));
        await see("move-finished");
        await page.click(at("move-finish"));
        await page.waitForSelector(at("move-begin"));
      },
    ));

  it("revokes the own certificate on the old PC, with a warning where nobody is left (S0-6, S0-9, Q9)", () =>
    walk(
      {
        guide: [
          ok(onTheOldPc("log_in_to_revoke", { alone: true })),
          ok(onTheOldPc("revoke", { alone: true })),
          ok(
            onTheOldPc("confirm", {
              steps: onTheOldPc("confirm").steps.map((one) => ({ ...one, done: one.kind === "revoke" || one.done })),
            }),
          ),
        ],
        revoke_own: [{ error: data.problem("nobody_else_can_help") }, ok(null)],
      },
      async (page, see) => {
        await page.click(at("nav-move"));
        await page.waitForSelector(at("move-log-in-to-revoke"));
        await see("move-old-pc");
        await page.click(at("nav-login"));
        await logIn(page);
        await page.click(at("nav-move"));
        await page.click(at("move-revoke"));
        await page.fill(at("confirmation-password"), "Kakunin99");
        await see("move-revoke");
        await page.click(at("move-revoke-submit"));
        await page.waitForSelector(`${at("problem")}[data-code="nobody_else_can_help"]`);
        expect(await page.inputValue(at("confirmation-password"))).toBe("");
        await see("move-revoke-alone");
        await page.fill(at("confirmation-password"), "Kakunin99");
        await page.click(at("move-revoke-submit"));
        await page.waitForSelector(at("move-revoked"));
        await page.waitForSelector(state("acquire", "next"));
        await see("move-revoked");
        const knowing = (await calls(page, "revoke_own")).map((args) => args["knowing"]);
        expect(knowing).toEqual([false, true]);
      },
    ));

  it.each(["master", "administrator", "general"] as const)(
    "says whom a %s asks and what that person does, and copies the request (S0-10, S0-13, S0-14)",
    (role) =>
      walk({ guide: [ok(helpedBy(role))] }, async (page, see) => {
        await page.click(at("nav-move"));
        await page.waitForSelector(state("revoke", "next"));
        await see(`move-helped-${role}`);
        const shown = await page.textContent("main");
        for (const words of [...ofAnother[role][as.language], ...ofAnother.all[as.language]]) {
          expect(shown).toContain(words);
        }
        await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.click(at("move-helper-copy"));
        await page.waitForSelector(`${at("move-helper-copy")}[data-copied="true"]`);
        const copied = await page.evaluate(() => navigator.clipboard.readText());
        for (const words of toCopy[as.language]) expect(copied).toContain(words);
      }),
  );

  it("makes the paper, prints it on one page of A4, and keeps it as a file (S0-11, S3-4)", () =>
    walk(
      {
        guide: [ok(onPaper(false))],
        say_done: [ok(onPaper(true))],
        paper: [ok(paper)],
        print_page: [ok(null)],
        save_paper: [ok("/home/ichiro/Documents/電子証明書失効届.html")],
        open_paper: [ok(null)],
      },
      async (page, see) => {
        await page.click(at("nav-move"));
        await page.waitForSelector(at("move-form"));
        await see("move-paper");
        await page.click(at("move-form"));
        await page.waitForSelector(at("paper"));
        await see("paper");
        const pdf = await page.pdf({
          preferCSSPageSize: true,
          path: picture(`paper-${as.language}-${as.theme}.pdf`),
        });
        const text = pdf.toString("latin1");
        expect(text.match(/\/Type\s*\/Page\b/g)?.length).toBe(1);
        const box = text
          .match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/)
          ?.slice(1)
          .map((side) => Math.round(Number(side)));
        expect(box).toEqual([595, 842]);
        await page.emulateMedia({ media: "print" });
        expect(await page.locator("nav").isVisible()).toBe(false);
        expect(await page.locator(at("paper")).isVisible()).toBe(true);
        await page.emulateMedia({ media: "screen" });
        await page.click(at("paper-print"));
        await page.click(at("paper-save"));
        await page.waitForSelector(at("paper-saved"));
        await see("paper-saved");
        expect((await calls(page, "print_page")).length).toBe(1);
        await page.click(at("back"));
        await page.click(at("move-said"));
        await page.waitForSelector(state("revoke_and_report", "next"));
        await see("move-handed-in");
      },
    ));
});
