import type { Reason } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The sentence that says why a site would not accept a certificate, and what helps. */
export const siteReason: Record<Reason, string> = {
  dates_contradict: "reason-dates-contradict-sentence",
  expired: "site-reason-expired",
  not_yet_valid: "reason-not-yet-valid-sentence",
  no_client_authentication: "site-reason-no-client-authentication",
  key_missing: "site-reason-key-missing",
  key_unsupported: "reason-key-unsupported-sentence",
  not_of_this_bank: "site-reason-not-accepted",
  not_of_this_entrance: "reason-not-of-this-entrance-sentence",
  not_accepted_by_server: "site-reason-not-accepted",
  intermediate_missing: "reason-intermediate-missing-sentence",
  superseded: "reason-superseded-sentence",
  superseded_elsewhere: "reason-superseded-elsewhere-sentence",
  revoked: "site-reason-revoked",
};
