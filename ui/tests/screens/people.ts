import type { BankSummary, LoggedIn, Profile, ManagedUser, Top, TokenLine, UserSettings } from "../../src/ipc/bindings";
import * as data from "./data";

// The people of S2-12 and of S4-7 as an administrator meets them.

const own = data.okmate.profile;
const administers = [
  "revoke_own_certificate",
  "revoke_others_certificate",
  "list_users",
  "edit_users",
  "unlock_users",
  "revoke_tokens",
  "activate_own_token",
  "freeze_contract",
] as const;
const branch = {
  name: { ja: "お取引店", en: "Home branch" },
  telephone: "0120-000-000",
  hours: { ja: "平日 9:00～19:00", en: "Weekdays 9:00 to 19:00" },
};

const okmateProfile: Profile = {
  ...own,
  branch,
  user_fields: ["login_password", "forced_change"],
  roles: own.roles.map((role) => (role.class === "general" ? role : { ...role, may: [...administers] })),
};

/** The first bank, with everything that its administrators may do. */
export const okmate: BankSummary = { ...data.okmate, profile: okmateProfile };

const exact = (length: number, ja: string, en: string) => ({
  min: length,
  max: length,
  mixed: false,
  unlike_user_id: true,
  unlike_login_password: true,
  name: { ja, en },
});

/** The third bank, whose administrators may set most fields of a user. */
export const shinkin: BankSummary = {
  ...data.okmate,
  name: "shinkin",
  title: { ja: "信用金庫 WEB-FB", en: "Shinkin WEB-FB" },
  profile: {
    ...own,
    environment_page: null,
    id: "shinkin",
    name: { ja: "信用金庫 WEB-FB", en: "Shinkin WEB-FB" },
    bank_code: "5120",
    branch: { ...branch, name: { ja: "WEB-FBヘルプデスク", en: "WEB-FB help desk" }, telephone: "0120-000-002" },
    login_id_name: { ja: "お客様ID", en: "Customer ID" },
    words: {
      bank: { ja: "当金庫", en: "the Shinkin bank" },
      state: { ja: "電子証明書状況", en: "Certificate state" },
      deadline: { ja: "電子証明書取得期限", en: "Certificate to be acquired by" },
      not_after: { ja: "電子証明書有効期限", en: "Certificate expiry" },
      serial: { ja: "電子証明書シリアルID", en: "Certificate serial ID" },
      valid: { ja: "取得済", en: "Acquired" },
      keep: { ja: "継続利用する", en: "Go on using" },
      reissue: { ja: "再発行する", en: "Reissue" },
      revoke: { ja: "失効する", en: "Revoke" },
      user_edited: {
        ja: "お客様IDの変更が終了しました。このお客様IDは「{user}」です。",
        en: "The change of the customer ID is complete. This customer ID is {user}.",
      },
    },
    certificate: { ...own.certificate, self_issue: false, acquisition_days: 60 },
    passwords: {
      login: { min: 6, max: 12, mixed: true, software_keyboard: true },
      confirmation: exact(6, "登録確認用パスワード", "Registration password"),
      approval: exact(10, "承認用パスワード", "Approval password"),
      transfer: exact(10, "都度振込送信確認用パスワード", "Single transfer password"),
      failures_until_lock: 6,
    },
    user_fields: [
      "name",
      "role",
      "login_password",
      "confirmation_password",
      "approval_password",
      "transfer_password",
      "single_transfer",
      "transfer_limit",
      "forced_change",
      "change_period",
      "alarm_period",
      "companies",
    ],
    roles: [
      {
        id: "administrator",
        class: "administrator",
        name: { ja: "管理者", en: "Master ID" },
        badge: { ja: "管", en: "M" },
        may: ["revoke_others_certificate", "reissue_others_certificate", "list_users", "edit_users", "freeze_contract"],
        last_resort: "telephone",
      },
      {
        id: "approver",
        class: "general",
        name: { ja: "承認者", en: "Approver" },
        badge: { ja: "承", en: "A" },
        may: [],
        passwords: ["confirmation", "approval", "transfer"],
      },
      {
        id: "general",
        class: "general",
        name: { ja: "一般者", en: "General user" },
        badge: { ja: "般", en: "G" },
        may: [],
        passwords: ["confirmation", "transfer"],
      },
    ],
  },
};

const [hanako, ichiro, jiro, shiro] = data.users as [
  ManagedUser["record"],
  ManagedUser["record"],
  ManagedUser["record"],
  ManagedUser["record"],
];

const subject = (record: ManagedUser["record"], own: boolean, ...allowed: ManagedUser["allowed"]): ManagedUser => ({
  record,
  own,
  allowed,
  roles: [record.person.role],
});

const noToken = { state: "not_required", serial: null, expires: null } as const;
const revokedToken = {
  state: "revoked",
  serial: null,
  expires: null,
  activation_from: "2026-11-20T23:40:00Z",
} as const;
const expiredToken = { state: "expired", serial: "23456789", expires: "2026-10-22T14:59:59Z" } as const;

/** The users of S2-12. */
export const subjects: ManagedUser[] = [
  subject(hanako, true, "keep_certificate", "revoke_certificate", "revoke_token"),
  subject({ ...ichiro, token: expiredToken }, false, "keep_certificate", "revoke_certificate", "edit", "revoke_token"),
  subject({ ...jiro, token: revokedToken }, false, "keep_certificate", "revoke_certificate", "edit"),
  subject(
    { ...shiro, token: { ...shiro.token, state: "locked", serial: "43456789" }, locked: ["login", "confirmation"] },
    false,
    "edit",
    "unlock_passwords",
    "unlock_token",
    "revoke_token",
  ),
];

/** The tokens of these users. */
export const tokens: TokenLine[] = subjects.map(({ record }) => ({ person: record.person, token: record.token }));

/** The user of S4-10, with a certificate that can be kept, reissued or revoked. */
export const keir002: ManagedUser = {
  record: {
    ...hanako,
    person: { id: "keir002", name: "経理担当役席者", role: "approver" },
    token: noToken,
  },
  own: false,
  allowed: ["keep_certificate", "reissue_certificate", "revoke_certificate", "edit"],
  roles: ["approver", "general"],
};

/** The same user after the certificate was reissued (S4-11). */
export const keir002Reissued: ManagedUser = {
  ...keir002,
  record: {
    ...keir002.record,
    issue: {
      issue_number: 3,
      registered: "2026-11-21T00:00:00Z",
      deadline: "2027-01-20T14:59:59Z",
      lapsed: false,
    },
  },
};

/** The same user with a certificate that has expired (Q8). */
export const keir002Expired: ManagedUser = {
  ...keir002,
  record: {
    ...keir002.record,
    certificate: keir002.record.certificate && { ...keir002.record.certificate, state: "expired" },
  },
  allowed: ["reissue_certificate", "edit"],
};

/** The settings of that user (S4-7, S4-8, S4-12). */
export const settings: UserSettings = {
  name: "経理担当役席者",
  role: "approver",
  single_transfer: true,
  transfer_limit_thousand_yen: 5000,
  forced_change: false,
  change_period_days: 90,
  alarm_period_days: 10,
  companies: [
    {
      code: "0010000001",
      name: "カシマイ",
      account: { ja: "090 本部090 普通 1000900", en: "090 Head office 090, ordinary 1000900" },
      contracts: {
        ja: "総合振込、給与・賞与振込、都度振込、口座振替",
        en: "Bulk, salary and single transfers, direct debits",
      },
      chosen: true,
    },
    {
      code: "0010000002",
      name: "カシマイ物流",
      account: { ja: "090 本部 普通 1000918", en: "090 Head office, ordinary 1000918" },
      contracts: { ja: "総合振込、都度振込", en: "Bulk and single transfers" },
      chosen: false,
    },
  ],
};

/** The user who is logged in at the third bank. */
export const master: LoggedIn = {
  ...data.session,
  bank: "shinkin",
  person: { id: "keir001", name: "経理担当者", role: "administrator" },
};

/** The top page that reports a reissue (M7). */
export const warned: Top = {
  ...data.top,
  notices: [
    {
      id: "9",
      title: { ja: "jirodt 様の電子証明書が再発行されました", en: "The certificate of jirodt was reissued" },
      published: "2026-11-20T12:00:00Z",
      unread: true,
      personal: true,
    },
    ...data.top.notices,
  ],
};
