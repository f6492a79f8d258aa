import type { PasswordRule } from "../ipc/bindings";
import { opaqueString } from "./opaque-string";

/** A requirement of a new password, and whether a candidate fulfils it. */
export type Requirement = {
  kind:
    | "length"
    | "exact-length"
    | "characters"
    | "opaque-characters"
    | "mixed"
    | "unlike-user-id"
    | "unlike-login-password";
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
  const opaque = rule.characters === "opaque_string";
  // What is compared and counted, as at the bank.
  const form = (text: string) => (opaque ? (opaqueString(text) ?? text) : text);
  const given = form(candidate);
  const length = Array.from(given).length;
  const typed = length > 0;
  const list: Requirement[] = [
    { kind: rule.min === rule.max ? "exact-length" : "length", met: length >= rule.min && length <= rule.max },
    opaque
      ? { kind: "opaque-characters", met: opaqueString(candidate) !== undefined }
      : { kind: "characters", met: typed && /^[A-Za-z0-9]*$/.test(candidate) },
  ];
  if (rule.mixed) list.push({ kind: "mixed", met: /[A-Za-z]/.test(given) && /[0-9]/.test(given) });
  if (rule.unlike_user_id) list.push({ kind: "unlike-user-id", met: typed && given !== context.userId });
  if (rule.unlike_login_password) {
    list.push({ kind: "unlike-login-password", met: typed && given !== form(context.loginPassword) });
  }
  return list;
}

/** Returns whether a candidate fulfils every requirement. */
export function fulfils(rule: PasswordRule, candidate: string, context: PasswordContext): boolean {
  return requirements(rule, candidate, context).every((requirement) => requirement.met);
}
