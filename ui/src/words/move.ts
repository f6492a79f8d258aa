import type { BankSummary, Guide, Permission } from "../ipc/bindings";
import { inText, loginIdTerm, passwordTerm } from "./terms";
import { local, t } from "./words.svelte";

/** The values for the sentences of a guide, in the bank's own terms. */
export type Facts = Record<
  | "bank"
  | "user"
  | "named"
  | "role"
  | "act"
  | "may"
  | "who"
  | "one"
  | "needs"
  | "confirmation"
  | "branch"
  | "telephone"
  | "hours",
  string
>;

const yesNo = (yes: boolean) => (yes ? "yes" : "no");

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
  const { user } = guide.request;
  const reissues = guide.steps.some((step) => step.kind === "reissue");
  const acts: Permission[] = reissues
    ? ["reissue_others_certificate"]
    : ["revoke_own_certificate", "revoke_others_certificate"];
  // S0-13: an administrator needs another administrator.
  const helpers = guide.helpers.map(({ name, another }) => {
    const role = inText(local(name));
    return another ? t("move-another", { role }) : role;
  });
  return {
    bank: local(bank.title),
    user: user ?? "",
    named: yesNo(user !== null),
    role: role ? local(role.name) : "",
    act: reissues ? "reissue" : "revoke",
    may: yesNo(acts.some((act) => role?.may.includes(act) ?? false)),
    who: helpers.join(t("move-or")),
    one: yesNo(helpers.length === 1),
    needs: needs.map(inText).join(t("list-separator")),
    confirmation: inText(passwordTerm(bank, "confirmation")),
    branch: branch ? inText(local(branch.name)) : t("home-branch"),
    telephone: branch?.telephone ?? t("no-value"),
    hours: branch ? local(branch.hours) : t("no-value"),
  };
}
