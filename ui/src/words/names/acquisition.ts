import type { AcquisitionStep } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The sentence for a step of an acquisition, or of the login that follows it, that is done. */
export const stepSentence: Record<AcquisitionStep | "log_in", string> = {
  checked_by_bank: "step-checked-by-bank",
  key_made: "step-key-made",
  key_found: "step-key-found",
  request_sent: "step-request-sent",
  installed: "step-installed",
  bank_notified: "step-bank-told",
  log_in: "step-log-in",
};

/** The sentence for such a step that is still to be done. */
export const stepAhead: Record<AcquisitionStep | "log_in", string> = {
  checked_by_bank: "step-checked-by-bank-ahead",
  key_made: "step-key-made-ahead",
  key_found: "step-key-made-ahead",
  request_sent: "step-request-sent-ahead",
  installed: "step-installed-ahead",
  bank_notified: "step-bank-told-ahead",
  log_in: "step-log-in-ahead",
};
