import type {
  AcquiredForLogin,
  BankSummary,
  CertificateRow,
  LoggedIn,
  Problem,
  Profile,
  Reason,
  Remembered,
  Settings,
  Stores,
  Top,
  UserRecord,
} from "../../src/ipc/bindings";

// The people of S2-12 at the first profile, as the shell would send them.

const browser = (name: string, ja: string, en: string) => ({
  name: { ja, en },
  target: { browser: `https://bank.example/okmate/${name}` },
});

const profile: Profile = {
  id: "okmate",
  name: { ja: "OKメイト・WEB", en: "OKmate WEB" },
  session_idle_minutes: 15,
  certificate: {
    name: "{user}",
    validity_days: 365,
    renewal_days: 30,
    enrolment_code_minutes: 10,
    id_password_beside_certificate: true,
  },
  passwords: {
    login: { min: 6, max: 12, mixed: true },
    confirmation: { min: 6, max: 12, mixed: true, unlike_user_id: true, unlike_login_password: true },
    failures_until_lock: 6,
  },
  token: { step_seconds: 60, digits: 6, digest: "sha1" },
  roles: [
    {
      id: "master",
      class: "master",
      name: { ja: "マスターユーザ", en: "Master user" },
      badge: { ja: "マ", en: "M" },
      may: ["revoke_own_certificate", "revoke_others_certificate", "list_users"],
    },
    {
      id: "administrator",
      class: "administrator",
      name: { ja: "管理者ユーザ", en: "Administrator" },
      badge: { ja: "管", en: "A" },
      may: ["revoke_own_certificate", "revoke_others_certificate", "list_users"],
    },
    {
      id: "general",
      class: "general",
      name: { ja: "一般ユーザ", en: "General user" },
      badge: { ja: "般", en: "G" },
      may: [],
    },
  ],
  entrances: [
    {
      id: "users",
      name: { ja: "ログイン", en: "Log in" },
      roles: ["master", "administrator", "general"],
      methods: ["certificate", "id_password"],
    },
  ],
  menu: [
    { name: { ja: "トップ", en: "Home" }, target: "top" },
    browser("enquiries", "照会", "Enquiries"),
    browser("transfers", "振込振替", "Transfers"),
    browser("data", "データ伝送サービス", "Data transmission"),
    browser("approvals", "承認", "Approvals"),
    browser("taxes", "税金・各種料金の払込み", "Taxes and fees"),
    browser("densai", "でんさいサービス", "Densai"),
    browser("exchange", "外為サービス", "Foreign exchange"),
    { name: { ja: "管理", en: "Administration" }, target: "administration" },
    { name: { ja: "ログアウト", en: "Log out" }, target: "log_out" },
  ],
  environment_page: "https://bank.example/okmate/requirements",
};

export const okmate: BankSummary = {
  name: "okmate",
  title: profile.name,
  address: "https://okmate.bank.example/",
  certificate_login: "https://login.okmate.bank.example/",
  profile,
};

export const another: BankSummary = {
  name: "minato",
  title: { ja: "みなと法人ダイレクト", en: "Minato Corporate Direct" },
  address: "https://direct.minato.example:8443/",
  certificate_login: "https://direct.minato.example:8444/",
  profile: { ...profile, id: "minato" },
};

export const settings = (language: "ja" | "en"): Settings => ({
  language,
  text_size: "100",
  theme: "system",
  last_service: null,
  asks_revocation: false,
  version: "0.1.0",
  store: "nss:/home/hanako/.pki/nssdb",
});

function certificate(n: number, name: string, person: string | null, left: number, reasons: Reason[]): CertificateRow {
  const hex = (n * 0x1f3d5b79).toString(16).padStart(8, "0").repeat(8);
  return {
    id: hex,
    name,
    person,
    organisation: null,
    subject: `CN=${name},O=\u30b2\u30fc\u30bf\u5546\u4e8b\u682a\u5f0f\u4f1a\u793e,C=JP`,
    issuer: "CN=OKmate Client CA 1,O=Reference Bank,C=JP",
    serial: hex.slice(0, 32),
    not_before: new Date(Date.UTC(2026, 10, 21) + (left - 365) * 86_400_000).toISOString(),
    not_after: new Date(Date.UTC(2026, 10, 21) + left * 86_400_000).toISOString(),
    fingerprint_sha256: hex,
    key_kind: "EC P-256",
    key: { algorithm: "EC", bits: 256, protection: reasons.includes("key_missing") ? null : n % 2 ? "hardware" : "os" },
    bank: reasons.includes("not_of_this_bank") ? null : "okmate",
    site: null,
    usable: reasons.length === 0,
    reasons,
    days_left: left,
    last_used: n === 1,
    renewable: reasons.length === 0 && left <= 30,
    reissued_by: null,
  };
}

export const hanako = certificate(1, "hanakodt", "ゲータ 花子", 365, []);
export const ichiro = certificate(2, "ichirodt", "ゲータ 一郎", 30, []);
export const old = certificate(3, "hanakodt", "ゲータ 花子", -1, ["expired", "superseded"]);
export const orphan = certificate(4, "jirodt", "ゲータ 二郎", 210, ["key_missing"]);
export const foreign = certificate(5, "00009876543 kanrisya 1635", null, 120, ["not_of_this_bank"]);
export const rows = [hanako, ichiro, old, orphan, foreign];

const record = (left: number, state: "valid" | "issued" | "expired" | "revoked", n: number) => ({
  issue_number: n,
  serial: (n * 0x5d3779).toString(16).repeat(4),
  fingerprint_sha256: hanako.fingerprint_sha256,
  state,
  issued: "2026-11-21T00:00:00Z",
  not_after: new Date(Date.UTC(2026, 10, 21) + left * 86_400_000).toISOString(),
});

const token = { state: "active" as const, serial: "33456789", expires: "2030-03-05T00:00:00Z" };

const person = (id: string, name: string, role: string, certificate: UserRecord["certificate"]): UserRecord => ({
  person: { id, name, role },
  certificate,
  issue: null,
  token,
  locked: [],
});

export const users: UserRecord[] = [
  person("hanakodt", "ゲータ 花子", "administrator", record(365, "valid", 2)),
  person("ichirodt", "ゲータ 一郎", "master", record(30, "valid", 1)),
  person("jirodt", "ゲータ 二郎", "general", record(210, "issued", 1)),
  person("shirodt", "ゲータ 四郎", "general", null),
];

export const jiroRevoked: UserRecord = person("jirodt", "ゲータ 二郎", "general", record(210, "revoked", 1));

export const session: LoggedIn = {
  bank: "okmate",
  entrance: "users",
  person: { id: "hanakodt", name: "ゲータ 花子", role: "administrator" },
  next: "top",
  confirmation_registered: true,
  set_by_another: [],
  connection: { protocol: "TLSv1.3", cipher: "TLS_AES_256_GCM_SHA384", certificate: "hanakodt" },
};

/** Returns a finished acquisition, with the session that follows or the problem of that login. */
export const acquired = (
  certificate: CertificateRow,
  login: LoggedIn | Problem,
  old: CertificateRow[] = [],
): AcquiredForLogin => ({
  acquired: { certificate, resumed: old.length > 0, steps: [], old },
  login: "code" in login ? { failed: login } : { logged_in: login },
});

export const top: Top = {
  person: session.person,
  company: "ゲータ商事株式会社",
  method: "certificate",
  certificate: record(365, "valid", 2),
  password_change_due: null,
  logins: [
    { at: "2026-11-20T23:52:00Z", method: "certificate" },
    { at: "2026-11-20T08:31:00Z", method: "certificate" },
    { at: "2026-11-19T23:49:00Z", method: "id_password" },
  ],
  operations: [
    { at: "2026-11-20T08:40:00Z", kind: "certificate_revoked", operator: "hanakodt", subject: "jirodt" },
    { at: "2026-11-20T08:38:00Z", kind: "certificate_acquired", operator: "hanakodt", subject: "hanakodt" },
    { at: "2026-11-20T08:37:00Z", kind: "certificate_issued", operator: "hanakodt", subject: "hanakodt" },
    { at: "2026-11-20T00:02:00Z", kind: "passwords_changed", operator: "hanakodt", subject: "hanakodt" },
  ],
  transactions: [
    { kind: { ja: "総合振込", en: "Bulk transfer" }, count: 12, amount_yen: 3_480_000, awaits_approval: true },
    { kind: { ja: "給与振込", en: "Salary transfer" }, count: 8, amount_yen: 2_115_000, awaits_approval: false },
  ],
  notices: [
    {
      id: "1",
      title: { ja: "年末年始のサービス時間", en: "Service hours over the New Year" },
      published: "2026-11-18T00:00:00Z",
      unread: true,
      personal: false,
    },
    {
      id: "2",
      title: { ja: "トークンの切替について", en: "Replacing hardware tokens" },
      published: "2026-11-02T00:00:00Z",
      unread: false,
      personal: false,
    },
  ],
};

export const notice = {
  title: { ja: "年末年始のサービス時間", en: "Service hours over the New Year" },
  body: {
    ja: "12月31日は18時まで、1月1日から3日まではお休みします。4日は8時から通常どおりご利用いただけます。",
    en: "We close at 18:00 on 31 December and reopen at 8:00 on 4 January.",
  },
  published: "2026-11-18T00:00:00Z",
};

/** The reference of every problem of these checks. */
export const REFERENCE = "7K2M9QXA";

export const problem = (code: Problem["code"], params: Record<string, string> = {}): Problem => ({
  code,
  params,
  reference: REFERENCE,
});

export const stores: Stores = {
  choices: [
    { location: "native", kind: "native", description: null },
    {
      location: "nss:/home/hanako/.mozilla/firefox/x1.default",
      kind: "nss",
      description: "/home/hanako/.mozilla/firefox/x1.default",
    },
    { location: "pkcs11:/usr/lib/opensc-pkcs11.so", kind: "device", description: "/usr/lib/opensc-pkcs11.so" },
  ],
  chosen: "native",
  open: "native",
  fixed: false,
};

export const remembered: Remembered[] = [
  { what: { used: "okmate" }, certificate: hanako.id, name: hanako.name },
  { what: { refused: "certificate_revoked" }, certificate: old.id, name: "ichirodt" },
];

export const report = [
  "[Inkan]",
  "  Inkan 0.1.0 (linux x86_64)",
  "  2026-11-21T10:29:07Z",
  "",
  "[okmate]",
  "  https://okmate.bank.example/",
  "  1a2b3c4d\u2026 2027-11-21 okmate EC 256 os",
  ...Array.from({ length: 30 }, (_, n) => `  2026-11-21T10:${String(n + 10)}:07Z WARN inkan_client::error: problem`),
].join("\n");
