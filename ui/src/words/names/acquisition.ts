import type { AcquisitionStep } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** What a step of an acquisition did. */
export const stepSentence: Record<AcquisitionStep, string> = {
  checked_by_bank: "step-checked-by-bank",
  key_made: "step-key-made",
  key_found: "step-key-found",
  request_sent: "step-request-sent",
  installed: "step-installed",
  bank_notified: "step-bank-told",
};

/** What a step of an acquisition is going to do. */
export const stepAhead: Record<AcquisitionStep, string> = {
  checked_by_bank: "step-checked-by-bank-ahead",
  key_made: "step-key-made-ahead",
  key_found: "step-key-made-ahead",
  request_sent: "step-request-sent-ahead",
  installed: "step-installed-ahead",
  bank_notified: "step-bank-told-ahead",
};
