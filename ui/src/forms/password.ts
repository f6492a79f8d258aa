import type { PasswordRule } from "../ipc/bindings";

/** A requirement of a new password, and whether a candidate fulfils it. */
export type Requirement = {
  kind: "length" | "exact-length" | "characters" | "mixed" | "unlike-user-id" | "unlike-login-password";
  met: boolean;
};

/** The values that a candidate is compared with. */
export type PasswordContext = { userId: string; loginPassword: string };

/**
 * Returns the requirements of a rule, in the order in which a person would correct them (S1-9, S1-10).
 * `PasswordRule::faults` of the profile must return the same for the vectors of `crates/profile/vectors/forms.json`.
 * The bank checks again.
 */
export function requirements(rule: PasswordRule, candidate: string, context: PasswordContext): Requirement[] {
  const length = Array.from(candidate).length;
  const typed = length > 0;
  const list: Requirement[] = [
    { kind: rule.min === rule.max ? "exact-length" : "length", met: length >= rule.min && length <= rule.max },
    { kind: "characters", met: typed && /^[A-Za-z0-9]*$/.test(candidate) },
  ];
  if (rule.mixed) list.push({ kind: "mixed", met: /[A-Za-z]/.test(candidate) && /[0-9]/.test(candidate) });
  if (rule.unlike_user_id) list.push({ kind: "unlike-user-id", met: typed && candidate !== context.userId });
  if (rule.unlike_login_password) {
    list.push({ kind: "unlike-login-password", met: typed && candidate !== context.loginPassword });
  }
  return list;
}

/** Returns whether a candidate fulfils every requirement. */
export function fulfils(rule: PasswordRule, candidate: string, context: PasswordContext): boolean {
  return requirements(rule, candidate, context).every((requirement) => requirement.met);
}
