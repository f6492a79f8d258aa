import type { GuideStep, LoginMethod, StepKind } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The kind of a step, together with the actor or the PC if the words depend on it. */
export type Matter =
  | Exclude<StepKind, "check_pc" | "revoke" | "acquire" | "log_in" | "delete_old">
  | "revoke_own"
  | "revoke_other"
  | `${"check_pc" | "acquire" | "log_in" | "delete_old"}_${"here" | "there"}`;

/** Returns the kind of a step, as the words distinguish it. */
export function matterOf(step: GuideStep): Matter {
  const where = step.act === "confirm" ? "there" : "here";
  switch (step.kind) {
    case "revoke":
      return step.actor === "you" ? "revoke_own" : "revoke_other";
    case "check_pc":
    case "acquire":
    case "log_in":
    case "delete_old":
      return `${step.kind}_${where}`;
    default:
      return step.kind;
  }
}

/** The sentence for a step that is still to be done. */
export const moveAhead: Record<Matter, string> = {
  check_pc_here: "move-check-here",
  check_pc_there: "move-check-there",
  revoke_own: "move-revoke-own",
  revoke_other: "move-revoke-other",
  reissue: "move-reissue",
  hand_in_form: "move-form",
  telephone: "move-telephone",
  revoke_and_report: "move-revoke-report",
  reissue_and_report: "move-reissue-report",
  acquire_here: "move-acquire-here",
  acquire_there: "move-acquire-there",
  log_in_here: "move-log-in-here",
  log_in_there: "move-log-in-there",
  delete_old_here: "move-delete-here",
  delete_old_there: "move-delete-there",
};

/** The sentence for a step that is done. */
export const moveDone: Record<Matter, string> = {
  check_pc_here: "move-check-here-done",
  check_pc_there: "move-check-there-done",
  revoke_own: "move-revoke-done",
  revoke_other: "move-revoke-done",
  reissue: "move-reissue-done",
  hand_in_form: "move-form-done",
  telephone: "move-telephone-done",
  revoke_and_report: "move-revoke-report-done",
  reissue_and_report: "move-reissue-report-done",
  acquire_here: "move-acquire-done",
  acquire_there: "move-acquire-done",
  log_in_here: "move-log-in-done",
  log_in_there: "move-log-in-done",
  delete_old_here: "move-delete-done",
  delete_old_there: "move-delete-done",
};

/**
 * The sentence for a step that is done if a certificate on this PC is the new one. The certificate was not acquired
 * here, so it may also be the old PC's.
 */
export const moveFound: Record<Matter, string> = {
  ...moveDone,
  acquire_here: "move-acquire-found",
  log_in_here: "move-log-in-found",
};

/** The sentence that says what a step needs, or what follows from it. */
export const moveDetail: Record<Matter, string> = {
  check_pc_here: "move-check-here-detail",
  check_pc_there: "move-check-there-detail",
  revoke_own: "move-revoke-own-detail",
  revoke_other: "move-revoke-other-detail",
  reissue: "move-reissue-detail",
  hand_in_form: "move-form-detail",
  telephone: "move-telephone-detail",
  revoke_and_report: "move-report-detail",
  reissue_and_report: "move-report-detail",
  acquire_here: "move-acquire-here-detail",
  acquire_there: "move-acquire-there-detail",
  log_in_here: "move-log-in-here-detail",
  log_in_there: "move-log-in-there-detail",
  delete_old_here: "move-delete-here-detail",
  delete_old_there: "move-delete-there-detail",
};

/** The label by which a user confirms a step that was done elsewhere. */
export const moveSaid: Record<Matter, string> = {
  check_pc_here: "move-said",
  check_pc_there: "move-said-checked",
  revoke_own: "move-said-revoked",
  revoke_other: "move-said-revoked-for-me",
  reissue: "move-said-reissued",
  hand_in_form: "move-said-handed-in",
  telephone: "move-said-called",
  revoke_and_report: "move-said-reported",
  reissue_and_report: "move-said-reported",
  acquire_here: "move-said",
  acquire_there: "move-said-acquired",
  log_in_here: "move-said",
  log_in_there: "move-said-logged-in",
  delete_old_here: "move-said",
  delete_old_there: "move-said-deleted",
};

/** The name of a way to log in, as an answer. */
export const moveMethod: Record<LoginMethod, string> = {
  certificate: "move-method-certificate",
  id_password: "move-method-id-password",
};

/** The sentence that says what a way to log in needs. */
export const moveMethodWhat: Record<LoginMethod, string> = {
  certificate: "move-method-certificate-what",
  id_password: "move-method-id-password-what",
};
