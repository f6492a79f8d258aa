import type { Level } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The word for the result of a check. */
export const levelWord: Record<Level, string> = {
  ok: "doctor-level-ok",
  warning: "doctor-level-warning",
  problem: "doctor-level-problem",
};

/** The label of the button of a check. */
export const remedyVerb = {
  acquire: "start-resume",
  renew: "start-resume",
  add_bank: "banks-add",
  change_pc: "doctor-change-pc",
  certificate: "doctor-certificate",
  settings: "doctor-settings",
} as const;
