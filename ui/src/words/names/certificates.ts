import type { Helper, KeptBecause, Protection, Reason } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** A reason in one or two words, for a pill. */
export const reasonWord: Record<Reason, string> = {
  dates_contradict: "reason-dates-contradict",
  expired: "reason-expired",
  not_yet_valid: "reason-not-yet-valid",
  no_client_authentication: "reason-no-client-authentication",
  key_missing: "reason-key-missing",
  key_unsupported: "reason-key-unsupported",
  not_of_this_bank: "reason-not-of-this-bank",
  not_of_this_entrance: "reason-not-of-this-entrance",
  not_accepted_by_server: "reason-not-accepted-by-server",
  intermediate_missing: "reason-intermediate-missing",
  superseded: "reason-superseded",
  superseded_elsewhere: "reason-superseded-elsewhere",
  revoked: "reason-revoked",
};

/** A reason as a sentence. */
export const reasonSentence: Record<Reason, string> = {
  dates_contradict: "reason-dates-contradict-sentence",
  expired: "reason-expired-sentence",
  not_yet_valid: "reason-not-yet-valid-sentence",
  no_client_authentication: "reason-no-client-authentication-sentence",
  key_missing: "reason-key-missing-sentence",
  key_unsupported: "reason-key-unsupported-sentence",
  not_of_this_bank: "reason-not-of-this-bank-sentence",
  not_of_this_entrance: "reason-not-of-this-entrance-sentence",
  not_accepted_by_server: "reason-not-accepted-by-server-sentence",
  intermediate_missing: "reason-intermediate-missing-sentence",
  superseded: "reason-superseded-sentence",
  superseded_elsewhere: "reason-superseded-elsewhere-sentence",
  revoked: "reason-revoked-sentence",
};

/** The sentence that says what helps, for each reason for which something helps. */
export const nextStep: Record<Reason, string | null> = {
  dates_contradict: "next-step-issuer",
  expired: "next-step-acquire",
  not_yet_valid: "next-step-clock",
  no_client_authentication: null,
  key_missing: "next-step-acquire",
  key_unsupported: null,
  not_of_this_bank: null,
  not_of_this_entrance: null,
  not_accepted_by_server: null,
  intermediate_missing: null,
  superseded: "next-step-delete",
  superseded_elsewhere: "next-step-revoke-first",
  revoked: "next-step-acquire",
};

/** The same for a certificate that no bank here has issued. Only its issuer can give another one. */
export const nextStepElsewhere: Record<Reason, string | null> = {
  ...nextStep,
  expired: "next-step-issuer",
  key_missing: "next-step-issuer-key",
  revoked: "next-step-issuer",
};

/** The sentence that says who has the next certificate issued first, for each helper (S3-1). */
export const nextStepReissue: Record<Helper, string> = {
  administrator: "next-step-reissue-administrator",
  other_administrator: "next-step-reissue-other",
  revocation_form: "next-step-reissue-branch",
  request_form: "next-step-reissue-form",
  telephone: "next-step-reissue-telephone",
  branch: "next-step-reissue-branch",
  revocation: "next-step-acquire",
};

/** The reason why a certificate that looks unused is not proposed for deletion. */
export const keptWord: Record<KeptBecause, string> = {
  not_of_a_service_here: "kept-not-of-a-service-here",
  another_purpose: "kept-another-purpose",
  may_log_in: "kept-may-log-in",
  clock_not_compared: "kept-clock-not-compared",
};

/** The sentence that says where a key is stored. */
export const protectionSentence: Record<Protection, string> = {
  hardware: "key-hardware",
  os: "key-os",
  file: "key-file",
};

/** The sentence that says what this means for the holder. */
export const protectionMore: Record<Protection, string> = {
  hardware: "key-hardware-more",
  os: "key-os-more",
  file: "key-file-more",
};

/** The word that says where a key is stored. */
export const protectionWord: Record<Protection, string> = {
  hardware: "key-hardware-word",
  os: "key-os-word",
  file: "key-file-word",
};
