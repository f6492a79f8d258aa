import type { BankSummary, CertificateRow, LoggedIn, Top } from "../../src/ipc/bindings";
import * as data from "./data";

// The banks of the other manuals, as the shell would send them.

const outside = (ja: string, en: string, page: string) => ({
  name: { ja, en },
  target: { browser: `https://bank.example/${page}` },
});

const top = { name: { ja: "トップ", en: "Home" }, target: "top" as const };
const logOut = { name: { ja: "ログアウト", en: "Log out" }, target: "log_out" as const };

/** The bank with two entrances, contract numbers, and a one-time password for an acquisition (S3). */
export const keiyaku: BankSummary = {
  name: "keiyaku",
  title: { ja: "ご契約先 法人IB", en: "Corporate IB" },
  address: "https://keiyaku.bank.example/",
  certificate_login: "https://login.keiyaku.bank.example/",
  profile: {
    ...data.okmate.profile,
    environment_page: null,
    id: "keiyaku",
    name: { ja: "ご契約先 法人IB", en: "Corporate IB" },
    login_id_name: { ja: "利用者ID", en: "User ID" },
    contract_number: {
      name: { ja: "契約者ID", en: "Contract ID" },
      digits: 11,
      place: {
        ja: "契約者ID（利用者番号）は、「お客様カード」に記載の11桁の数字です。",
        en: "The contract ID (user number) is the number of 11 digits on the customer card.",
      },
    },
    certificate: { ...data.okmate.profile.certificate, renewal_days: 40, acquisition_otp: true, self_issue: false },
    passwords: {
      failures_until_lock: 6,
      login: { min: 6, max: 12, mixed: true, name: { ja: "利用者暗証番号", en: "User PIN" } },
      confirmation: { min: 6, max: 12, mixed: true, name: { ja: "ご契約先確認暗証番号", en: "Contract PIN" } },
    },
    roles: [
      {
        id: "user",
        class: "general",
        name: { ja: "利用者", en: "User" },
        badge: { ja: "利", en: "U" },
        may: ["activate_own_token"],
        passwords: [],
      },
    ],
    entrances: [
      {
        id: "users",
        name: { ja: "利用者ログイン", en: "User login" },
        roles: ["user"],
        methods: ["certificate"],
      },
      {
        id: "administrators",
        name: { ja: "管理者ログイン", en: "Administrator login" },
        roles: [],
        methods: ["certificate"],
      },
    ],
    menu: [top, logOut],
  },
};

/** The bank with a bank code, a frame, a keyboard on the screen, and pages below a button (S4). */
export const shinkin: BankSummary = {
  name: "shinkin",
  title: { ja: "信用金庫 WEB-FB", en: "Shinkin WEB-FB" },
  address: "https://shinkin.bank.example/",
  certificate_login: "https://login.shinkin.bank.example/",
  profile: {
    ...data.okmate.profile,
    environment_page: null,
    id: "shinkin",
    name: { ja: "信用金庫 WEB-FB", en: "Shinkin WEB-FB" },
    bank_code: "5120",
    login_id_name: { ja: "お客様ID", en: "Customer ID" },
    transaction_page: "https://bank.example/shinkin/transfers",
    branch: {
      name: { ja: "WEB-FBヘルプデスク", en: "WEB-FB help desk" },
      telephone: "0120-000-002",
      hours: { ja: "平日 9:00～18:00", en: "Weekdays 9:00 to 18:00" },
    },
    passwords: {
      failures_until_lock: 6,
      login: { min: 6, max: 12, mixed: true, software_keyboard: true },
      confirmation: {
        min: 6,
        max: 6,
        mixed: false,
        unlike_user_id: true,
        unlike_login_password: true,
        name: { ja: "登録確認用パスワード", en: "Registration password" },
      },
    },
    menu: [
      top,
      outside("振込・口座振替", "Transfers", "transfers"),
      outside("手数料照会", "Fees", "fees"),
      outside("契約情報登録・照会", "Contracts", "contracts"),
      outside("明細情報登録・照会", "Statements", "statements"),
      {
        name: { ja: "管理機能", en: "Administration" },
        target: "administration",
        items: [
          { name: { ja: "IDメンテナンス", en: "ID maintenance" }, target: "administration" },
          { name: { ja: "IDロック解除", en: "Unlock IDs" }, target: "locked_users" },
          outside("カレンダー管理", "Calendar", "calendar"),
          outside("利用履歴照会", "Usage history", "history"),
          { name: { ja: "WEB-FB取引停止", en: "Stop WEB-FB" }, target: "freeze" },
        ],
      },
      logOut,
    ],
  },
};

export const riyousya: CertificateRow = {
  ...data.hanako,
  name: "00009876543 riyousya 1635",
  person: "木和田 一郎",
  organisation: "キワダ工業株式会社",
  bank: "keiyaku",
};

/** The administrator's certificate, at the users' entrance (S3-16). */
export const kanrisya: CertificateRow = {
  ...data.ichiro,
  name: "00009876543 1635",
  person: "木和田 花子",
  organisation: "キワダ工業株式会社",
  bank: "keiyaku",
  usable: false,
  reasons: ["not_of_this_entrance"],
};

export const keirCertificate: CertificateRow = {
  ...data.hanako,
  name: "keir001",
  person: "経理担当者",
  bank: "shinkin",
};

export const riyousyaSession: LoggedIn = {
  ...data.session,
  bank: "keiyaku",
  person: { id: "riyousya", name: "木和田 一郎", role: "user" },
};

export const keirSession: LoggedIn = {
  ...data.session,
  bank: "shinkin",
  person: { id: "keir001", name: "経理担当者", role: "administrator" },
};

export const keirTop: Top = { ...data.top, person: keirSession.person, company: "カシマイ" };
