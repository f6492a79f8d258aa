import type { CertificateAction, TokenState } from "../../ipc/bindings";
import type { Standing } from "../../display/standing";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The word for the state of a user's certificate. */
export const standingWord: Record<Standing, string> = {
  issued: "state-issued",
  valid: "state-valid",
  expired: "state-expired",
  revoked: "state-revoked",
  superseded: "state-superseded",
  lapsed: "state-lapsed",
  none: "state-none",
};

/** The word for the state of a hardware token (S2-12, M4). */
export const tokenWord: Record<TokenState, string> = {
  not_required: "no-value",
  unregistered: "token-unregistered",
  active: "token-active",
  expired: "token-expired",
  revoked: "token-revoked",
  locked: "token-locked",
  out_of_step: "token-out-of-step",
};

/** The plain word for an action on a certificate (S3-6). */
export const actionTerm: Record<CertificateAction, string> = {
  keep: "act-keep",
  reissue: "act-reissue",
  revoke: "act-revoke",
};

/** The sentence that says what follows from the action. */
export const actionConsequence: Record<CertificateAction, string> = {
  keep: "act-keep-what",
  reissue: "act-reissue-what",
  revoke: "act-revoke-what",
};

/** The label of the button for the action. */
export const actionVerb: Record<CertificateAction, string> = {
  keep: "act-keep-submit",
  reissue: "act-reissue-submit",
  revoke: "act-revoke-submit",
};

/** The label of that button while the action is running. */
export const actionBusy: Record<CertificateAction, string> = {
  keep: "act-keep-busy",
  reissue: "act-reissue-busy",
  revoke: "act-revoke-busy",
};

/** The title that says what has been done to a user. */
export const doneTitle: Record<"edit" | CertificateAction, string> = {
  edit: "done-edit",
  keep: "done-keep",
  reissue: "done-reissue",
  revoke: "done-revoke",
};
