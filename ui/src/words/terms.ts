import type { BankSummary, PasswordKind, PasswordRule } from "../ipc/bindings";
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

/** Returns the rule of a password, if the bank has such a password. */
export function passwordRule(bank: BankSummary | undefined, kind: PasswordKind): PasswordRule | undefined {
  return bank?.profile.passwords[kind] ?? undefined;
}

/** Returns a term as it is written within a sentence: in English with a small first letter. ID stays in capitals. */
export function inText(term: string): string {
  return language() === "en" && /^[A-Z][a-z]/.test(term) ? term.charAt(0).toLowerCase() + term.slice(1) : term;
}
