import { expect, it } from "vitest";
import type { Check, CheckKind, Level } from "../../src/ipc/bindings";
import { at, type Look } from "./browser";
import * as data from "./data";
import { calls, inEveryLook, ok } from "./walk";

type Words = Record<Look["language"], [title: string, detail: string, next?: string]>;

const fine: [CheckKind, Words][] = [
  [
    "version",
    {
      ja: ["Inkan 0.1.0 (windows x86_64)", "このパソコンで動いている版です。"],
      en: ["Inkan 0.1.0 (windows x86_64)", "The version that runs on this PC."],
    },
  ],
  [
    "store",
    {
      ja: [
        "証明書の保管場所を開けました",
        "このユーザーの証明書。証明書は5件です。新しい鍵はTPM・カードが守り、外へ出ません。",
      ],
      en: [
        "The certificate store opens",
        "Certificates of this user, 5 of them. A TPM or card keeps new keys, which cannot leave it.",
      ],
    },
  ],
  [
    "proxy",
    {
      ja: ["プロキシの設定はありません", "銀行へ直接つなぎます。"],
      en: ["No proxy is set", "Connections go straight to the bank."],
    },
  ],
  [
    "roots",
    {
      ja: ["信頼する認証局を読み込みました", "このシステムが信頼する認証局は145件です。"],
      en: ["The trusted CAs are read", "This system trusts 145 CAs."],
    },
  ],
];

const wrong: [CheckKind, Level, Words][] = [
  [
    "clock",
    "problem",
    {
      ja: [
        "パソコンの時計がずれています",
        "このパソコンの時計は、okmate.example の時計より約3日進んでいます。",
        "日付と時刻の設定で、時刻の自動設定を有効にしてください。",
      ],
      en: [
        "This PC’s clock is wrong",
        "It is about 3 days ahead of that of okmate.example.",
        "Turn on automatic time in the system’s settings.",
      ],
    },
  ],
  [
    "acquisition",
    "warning",
    {
      ja: [
        "okmate の hanakodt の証明書の取得が途中です",
        "同じ鍵で続けられます。再発行は要りません。",
        "取得を続けてください。",
      ],
      en: [
        "The certificate of hanakodt at okmate is unfinished",
        "It goes on with the same key. Nothing needs to be reissued.",
        "Go on with getting it.",
      ],
    },
  ],
];

function check(kind: CheckKind, level: Level, [title, detail, next]: [string, string, string?]): Check {
  const acquire = { act: "acquire", bank: "okmate", user: "hanakodt" } as const;
  const remedy = kind === "acquisition" ? acquire : null;
  return {
    check: kind,
    level,
    title,
    detail,
    next: next ?? null,
    who: next ? "you" : null,
    remedy,
    code: null,
    certificate: null,
  };
}

const renewal: Words = {
  ja: [
    "OKメイト・WEB の「ichirodt」の更新が途中です",
    "同じ鍵で続けられます。古い証明書は、更新が終わるまで使えます。",
    "更新を続けてください。",
  ],
  en: [
    "The renewal of “ichirodt” at OKmate WEB is unfinished",
    "It goes on with the same key. The old certificate works until then.",
    "Go on with the renewal.",
  ],
};

const cutRenewal = (language: Look["language"]): Check => ({
  ...check("acquisition", "warning", renewal[language]),
  remedy: { act: "renew", bank: "okmate" },
});

inEveryLook((walk, as) => {
  const right = fine.map(([kind, words]) => check(kind, "ok", words[as.language]));
  const bad = wrong.map(([kind, level, words]) => check(kind, level, words[as.language]));

  it("says what is wrong with this PC and how it is mended, and runs again", () =>
    walk(
      { check_up: [ok({ fit: false, checks: [...right, ...bad] }), ok({ fit: true, checks: right })] },
      async (page, see) => {
        await page.click(at("nav-doctor"));
        await page.waitForSelector(at("doctor-unfit"));
        await see("doctor-unfit");
        await page.click(at("doctor-again"));
        await page.waitForSelector(at("doctor-fit"));
        await see("doctor-fit");
        const asked = await calls(page, "check_up");
        expect(asked.map((one) => [one["bank"], one["language"]])).toEqual(Array(2).fill(["okmate", as.language]));
      },
    ));

  it("goes on from a check to what mends it", () =>
    walk({ check_up: [ok({ fit: false, checks: bad })] }, async (page) => {
      await page.click(at("nav-doctor"));
      await page.click(at("check-remedy"));
      await page.waitForSelector(at("acquire-user"));
    }));

  it("goes on with a renewal that was cut", () =>
    walk(
      {
        check_up: [ok({ fit: true, checks: [...right, cutRenewal(as.language)] })],
        interrupted_renewals: [
          ok([{ bank: "okmate", certificate: data.ichiro.id, name: "ichirodt", started: "2026-11-20T00:00:00Z" }]),
        ],
      },
      async (page, see) => {
        await page.click(at("nav-doctor"));
        await page.waitForSelector(at("check-remedy"));
        await see("doctor-fit-but");
        await page.click(at("check-remedy"));
        await page.waitForSelector(at("renew-submit"));
        expect(await page.getAttribute(at("certificate"), "data-id")).toBe(data.ichiro.id);
      },
    ));

  it("is reached from a bank that does not answer", () =>
    walk(
      {
        log_in_with_certificate: [{ error: data.problem("bank_unreachable", { address: "okmate.example" }) }],
        check_up: [ok({ fit: true, checks: right })],
      },
      async (page, see) => {
        await page.click(at("login-certificate"));
        await page.fill(at("password"), "Hanako2026");
        await page.click(at("password-submit"));
        await page.waitForSelector(at("remedy-doctor"));
        await see("bank-unreachable");
        await page.click(at("remedy-doctor"));
        await page.waitForSelector(at("doctor-fit"));
      },
    ));
});
