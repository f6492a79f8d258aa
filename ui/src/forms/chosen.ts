import type { BankSummary, ChosenPasswords, PasswordKind, Problem } from "../ipc/bindings";
import { passwordRule } from "../words/terms";
import { fulfils } from "./password";

/** The new passwords of each kind, and the present confirmation password, as they are typed before an acquisition. */
export type Draft = Record<PasswordKind, string> & { present: string };

/** Returns a draft with nothing typed. */
export function nothingChosen(): Draft {
  return { login: "", confirmation: "", approval: "", transfer: "", present: "" };
}

/** Returns the passwords that the bank demands, because another person set the present ones; none for other problems. */
export function demands(problem: Problem): PasswordKind[] {
  if (problem.code !== "password_change_required") return [];
  const named = (problem.params?.["passwords"] ?? "").split(" ");
  const kinds: PasswordKind[] = ["login", "confirmation", "approval", "transfer"];
  return kinds.filter((kind) => named.includes(kind));
}

/** Returns whether each of the demanded passwords follows its rule. */
export function complete(draft: Draft, kinds: PasswordKind[], user: string, bank: BankSummary | undefined): boolean {
  const context = { userId: user, loginPassword: draft.login };
  return kinds.every((kind) => {
    const rule = passwordRule(bank, kind);
    return rule !== undefined && fulfils(rule, draft[kind], context);
  });
}

/** Returns the passwords for the bank; none if the bank demands none. */
export function chosenPasswords(draft: Draft, kinds: PasswordKind[]): ChosenPasswords | null {
  const given = (kind: PasswordKind) => (kinds.includes(kind) ? draft[kind] : null);
  if (kinds.length === 0) return null;
  return {
    new_login_password: draft.login,
    confirmation_password: kinds.includes("confirmation") ? draft.present || null : null,
    new_confirmation_password: given("confirmation"),
    new_approval_password: given("approval"),
    new_transfer_password: given("transfer"),
  };
}
