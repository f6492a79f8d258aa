import type {
  CertificateAction,
  AllowedAction,
  Profile,
  Role,
  UserEdit,
  UserField,
  UserSettings,
} from "../ipc/bindings";

/** The contents of the page on which a user is edited, except new passwords. */
export type Draft = {
  name: string;
  role: string;
  singleTransfer: boolean;
  limit: string;
  forcedChange: boolean;
  changePeriod: string;
  alarmPeriod: string;
  companies: string[];
  certificate: CertificateAction | null;
};

/**
 * Returns the fields as they are set at the bank. The page shows them first, and returns to them when it is reset
 * (S4-13).
 */
export function draftOf(settings: UserSettings): Draft {
  const days = (value: number | null) => (value == null ? "" : String(value));
  return {
    name: settings.name,
    role: settings.role,
    singleTransfer: settings.single_transfer,
    limit: String(settings.transfer_limit_thousand_yen),
    forcedChange: settings.forced_change,
    changePeriod: days(settings.change_period_days),
    alarmPeriod: days(settings.alarm_period_days),
    companies: settings.companies.filter((company) => company.chosen).map((company) => company.code),
    certificate: null,
  };
}

// A hyphen stays: a number that is less than zero is wrong, and not another one.
function halfWidth(text: string): string {
  return text.normalize("NFKC").replace(/\s/gu, "");
}

/** Returns the number that a text means; 0 if the text is empty. */
function numberOf(text: string): number {
  return Number(halfWidth(text));
}

/** Returns the fields that differ from the settings at the bank. A field that is left out stays as it is. */
export function changes(settings: UserSettings, draft: Draft): Omit<UserEdit, "confirmation_password"> {
  const before = draftOf(settings);
  const edit: Omit<UserEdit, "confirmation_password"> = {};
  if (draft.name.trim() !== before.name) edit.name = draft.name.trim();
  if (draft.role !== before.role) edit.role = draft.role;
  if (draft.singleTransfer !== before.singleTransfer) edit.single_transfer = draft.singleTransfer;
  if (numberOf(draft.limit) !== numberOf(before.limit)) edit.transfer_limit_thousand_yen = numberOf(draft.limit);
  if (draft.forcedChange !== before.forcedChange) edit.forced_change = draft.forcedChange;
  // No days is said with a zero.
  if (numberOf(draft.changePeriod) !== numberOf(before.changePeriod))
    edit.change_period_days = numberOf(draft.changePeriod);
  if (numberOf(draft.alarmPeriod) !== numberOf(before.alarmPeriod))
    edit.alarm_period_days = numberOf(draft.alarmPeriod);
  const same = draft.companies.length === before.companies.length;
  if (!same || draft.companies.some((code) => !before.companies.includes(code))) edit.companies = draft.companies;
  if (draft.certificate) edit.certificate = draft.certificate;
  return edit;
}

/**
 * Returns whether a text is a number that the bank accepts: digits, at most `most` of them, however they were typed.
 */
export function isNumber(text: string, most: number): boolean {
  const number = halfWidth(text);
  return number.length <= most && /^[0-9]*$/.test(number);
}

/** The kinds of password that an edit can set, each with the field of the profile that allows it (S4-7). */
export const passwordFields = {
  login: "login_password",
  confirmation: "confirmation_password",
  approval: "approval_password",
  transfer: "transfer_password",
} as const satisfies Record<string, UserField>;

/** A kind of password that an edit can set. */
export type EditedPassword = keyof typeof passwordFields;

/** The field of an edit that holds each new password. */
export const passwordMember = {
  login: "login_password",
  confirmation: "new_confirmation_password",
  approval: "approval_password",
  transfer: "transfer_password",
} as const satisfies Record<EditedPassword, keyof UserEdit>;

/**
 * Returns the passwords that this bank's administrators may set and that the role has, as `Role::has_password` decides.
 */
export function editedPasswords(profile: Profile, role: Role | undefined): EditedPassword[] {
  const kinds = Object.keys(passwordFields) as EditedPassword[];
  const has = (kind: EditedPassword) => kind === "login" || (role?.passwords?.includes(kind) ?? false);
  return kinds.filter((kind) => profile.user_fields?.includes(passwordFields[kind]) && has(kind));
}

/** Returns the passwords that this bank's administrators may set, and that the role does not have (S4-7). */
export function withheldPasswords(profile: Profile, role: Role | undefined): EditedPassword[] {
  const kinds = Object.keys(passwordFields) as EditedPassword[];
  const has = editedPasswords(profile, role);
  return kinds.filter((kind) => profile.user_fields?.includes(passwordFields[kind]) && !has.includes(kind));
}

/** The permission that each action on a certificate needs. */
export const allowedActionOf = {
  keep: "keep_certificate",
  reissue: "reissue_certificate",
  revoke: "revoke_certificate",
} as const satisfies Record<CertificateAction, AllowedAction>;
