import type { BankSummary, Guide } from "../ipc/bindings";
import { inText, loginIdTerm, passwordTerm } from "./terms";
import { local, t } from "./words.svelte";

/** The values for the sentences of a guide, in the bank's own terms. */
export type Facts = Record<"bank" | "who" | "needs" | "confirmation" | "branch" | "telephone" | "hours", string>;

/** Returns the values for the sentences of a guide. */
export function factsOf(bank: BankSummary, guide: Guide): Facts {
  const { branch, certificate, contract_number: number } = bank.profile;
  const role = bank.profile.roles.find((one) => one.id === guide.request.asked.role);
  const needs = [
    ...(number ? [local(number.name)] : []),
    loginIdTerm(bank),
    passwordTerm(bank, "login"),
    // Who can activate no token has none.
    ...(certificate.acquisition_otp && role?.may.includes("activate_own_token") ? [t("token-otp")] : []),
  ];
  return {
    bank: local(bank.title),
    who: guide.helpers.map(local).map(inText).join(t("move-or")),
    needs: needs.map(inText).join(t("list-separator")),
    confirmation: inText(passwordTerm(bank, "confirmation")),
    branch: branch ? inText(local(branch.name)) : t("home-branch"),
    telephone: branch?.telephone ?? t("no-value"),
    hours: branch ? local(branch.hours) : t("no-value"),
  };
}
