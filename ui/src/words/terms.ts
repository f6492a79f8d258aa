import type { Standing } from "../display/standing";
import type {
  BankSummary,
  CertificateAction,
  LocalText,
  PasswordKind,
  PasswordRule,
  Permission,
  RoleId,
} from "../ipc/bindings";
import { actionTerm, standingWord } from "./names/administration";
import { passwordWord } from "./names/passwords";
import { language, local, t } from "./words.svelte";

// What a bank calls what every bank has: its own word if it has one, or else the usual one.

/** Returns the bank's name for the login ID. */
export function loginIdTerm(bank: BankSummary | undefined): string {
  const own = bank?.profile.login_id_name;
  return own ? local(own) : t("login-id");
}

/** Returns the bank's name for a password. */
export function passwordTerm(bank: BankSummary | undefined, kind: PasswordKind): string {
  const own = passwordRule(bank, kind)?.name;
  return own ? local(own) : t(passwordWord[kind]);
}

/** Returns a bank's own word, or else the plain word. */
export function ownOr(own: LocalText | null | undefined, plain: string): string {
  return own ? local(own) : plain;
}

/** Returns the bank's word for itself, as it is written within a sentence. */
export function bankItself(bank: BankSummary | undefined): string {
  return ownOr(bank?.profile.words?.bank, t("bank-itself"));
}

/** Returns the bank's word for the state of a certificate (S3-5, S4-10). */
export function standingTerm(bank: BankSummary | undefined, standing: Standing): string {
  return ownOr(standing === "valid" ? bank?.profile.words?.valid : null, t(standingWord[standing]));
}

/** Returns the bank's word for an action on a certificate (S3-6, S4-9). */
export function actionName(bank: BankSummary | undefined, action: CertificateAction): string {
  return ownOr(bank?.profile.words?.[action], t(actionTerm[action]));
}

/** Returns the rule of a password, if the bank has such a password. */
export function passwordRule(bank: BankSummary | undefined, kind: PasswordKind): PasswordRule | undefined {
  return bank?.profile.passwords[kind] ?? undefined;
}

/**
 * Returns the roles whose users can act for a user of `role`, joined by "or", as {@link inText}. Before the role is known,
 * these are all roles whose users can act for another user; if there are none, all administrators.
 */
export function helperRoles(bank: BankSummary, role: RoleId | null): string {
  const { roles } = bank.profile;
  const acts = ["revoke_others_certificate", "reissue_others_certificate"] as const;
  const helps = (one: (typeof roles)[number]) =>
    acts.some((act) => one.may.includes(act)) &&
    !(one.id === role && one.class === "master") &&
    (role === null || !one.looks_after || one.looks_after.includes(role));
  const helpers = roles.filter(helps);
  const named = helpers.length > 0 ? helpers : roles.filter((one) => one.class !== "general");
  return named.map(({ name }) => inText(local(name))).join(t("move-or"));
}

/** Returns a term as it is written within a sentence: in English with a small first letter. ID stays in capitals. */
export function inText(term: string): string {
  return language() === "en" && /^[A-Z][a-z]/.test(term) ? term.charAt(0).toLowerCase() + term.slice(1) : term;
}

/**
 * Returns the roles whose users may do `act`, joined by "or", as {@link inText}. If the bank gives it to no role, these
 * are the roles of its administrators.
 */
export function rolesThatMay(bank: BankSummary | undefined, act: Permission): string {
  const roles = bank?.profile.roles ?? [];
  const may = roles.filter((one) => one.may.includes(act));
  const named = may.length > 0 ? may : roles.filter((one) => one.class !== "general");
  return named.map(({ name }) => inText(local(name))).join(t("move-or"));
}
