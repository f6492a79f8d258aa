import type {
  AcquisitionStep,
  CertificateState,
  LoginMethod,
  OperationKind,
  Protection,
  Reason,
} from "../ipc/bindings";
import type { Who } from "../ipc/call";
import type { Requirement } from "../rules/password";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** A reason in one word or two, for a pill. */
export const reasonWord: Record<Reason, string> = {
  expired: "reason-expired",
  not_yet_valid: "reason-not-yet-valid",
  no_client_authentication: "reason-no-client-authentication",
  key_missing: "reason-key-missing",
  not_of_this_bank: "reason-not-of-this-bank",
  not_of_this_entrance: "reason-not-of-this-entrance",
  not_accepted_by_server: "reason-not-accepted-by-server",
  superseded: "reason-superseded",
  revoked: "reason-revoked",
};

/** A reason as a sentence. */
export const reasonSentence: Record<Reason, string> = {
  expired: "reason-expired-sentence",
  not_yet_valid: "reason-not-yet-valid-sentence",
  no_client_authentication: "reason-no-client-authentication-sentence",
  key_missing: "reason-key-missing-sentence",
  not_of_this_bank: "reason-not-of-this-bank-sentence",
  not_of_this_entrance: "reason-not-of-this-entrance-sentence",
  not_accepted_by_server: "reason-not-accepted-by-server-sentence",
  superseded: "reason-superseded-sentence",
  revoked: "reason-revoked-sentence",
};

/** The way out of a reason, where there is one. */
export const wayOut: Record<Reason, string | null> = {
  expired: "way-out-acquire",
  not_yet_valid: "way-out-clock",
  no_client_authentication: null,
  key_missing: "way-out-acquire",
  not_of_this_bank: null,
  not_of_this_entrance: null,
  not_accepted_by_server: null,
  superseded: "way-out-delete",
  revoked: "way-out-acquire",
};

/** Where a key lives, as a sentence. */
export const protectionSentence: Record<Protection, string> = {
  hardware: "key-hardware",
  os: "key-os",
  file: "key-file",
};

/** Where a key lives, in a word. */
export const protectionWord: Record<Protection, string> = {
  hardware: "key-hardware-word",
  os: "key-os-word",
  file: "key-file-word",
};

/** What a step of an acquisition did. */
export const stepSentence: Record<AcquisitionStep, string> = {
  checked_by_bank: "step-checked-by-bank",
  key_made: "step-key-made",
  request_sent: "step-request-sent",
  installed: "step-installed",
  bank_told: "step-bank-told",
};

/** What a step of an acquisition is going to do. */
export const stepAhead: Record<AcquisitionStep, string> = {
  checked_by_bank: "step-checked-by-bank-ahead",
  key_made: "step-key-made-ahead",
  request_sent: "step-request-sent-ahead",
  installed: "step-installed-ahead",
  bank_told: "step-bank-told-ahead",
};

/** Where a certificate stands at the bank. */
export const stateWord: Record<CertificateState, string> = {
  issued: "state-issued",
  valid: "state-valid",
  expired: "state-expired",
  revoked: "state-revoked",
  superseded: "state-superseded",
};

/** How somebody logged in. */
export const methodWord: Record<LoginMethod, string> = {
  certificate: "method-certificate",
  id_password: "method-id-password",
};

/** What an operation was. */
export const operationSentence: Record<OperationKind, string> = {
  certificate_issued: "operation-certificate-issued",
  certificate_acquired: "operation-certificate-acquired",
  certificate_revoked: "operation-certificate-revoked",
  certificate_reissued: "operation-certificate-reissued",
  token_activated: "operation-token-activated",
  token_revoked: "operation-token-revoked",
  token_resynchronised: "operation-token-resynchronised",
  token_unlocked: "operation-token-unlocked",
  user_edited: "operation-user-edited",
  user_unlocked: "operation-user-unlocked",
  contract_frozen: "operation-contract-frozen",
  passwords_changed: "operation-passwords-changed",
};

/** What a new password must fulfil. */
export const requirementSentence: Record<Requirement["kind"], string> = {
  length: "rule-length",
  characters: "rule-characters",
  mixed: "rule-mixed",
  "unlike-user-id": "rule-unlike-user-id",
  "unlike-login-password": "rule-unlike-login-password",
};

/** Who can mend a problem; these words are the protocol's. */
export const whoWord: Record<Who, string> = {
  you: "who-you",
  administrator: "who-administrator",
  branch: "who-branch",
  bank: "who-bank",
};
