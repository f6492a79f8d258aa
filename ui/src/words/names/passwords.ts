import type { PasswordKind } from "../../ipc/bindings";
import type { Requirement } from "../../forms/password";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The sentence for a requirement of a new password. */
export const requirementSentence: Record<Requirement["kind"], string> = {
  length: "rule-length",
  "exact-length": "rule-exact-length",
  characters: "rule-characters",
  "opaque-characters": "rule-characters-opaque",
  mixed: "rule-mixed",
  "unlike-user-id": "rule-unlike-user-id",
  "unlike-login-password": "rule-unlike-login-password",
};

/** The name of a password, if the bank has no name of its own for it. */
export const passwordWord: Record<PasswordKind, string> = {
  login: "login-password",
  confirmation: "confirmation-password",
  approval: "approval-password",
  transfer: "transfer-password",
};
