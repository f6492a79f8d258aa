import type { CertificateState, Reason, TokenState, UserRecord } from "../ipc/bindings";

/**
 * The state of a user's certificate as an administrator sees it (M3). An issue that can still be acquired is shown
 * instead of the certificate before it. An issue that was not acquired in time is shown only if the user has no valid
 * certificate.
 */
export type Standing = CertificateState | "lapsed" | "none";

/** Returns the state of a user's certificate as an administrator sees it. */
export function standing(record: UserRecord): Standing {
  const valid = record.certificate?.state === "valid";
  if (record.issue && !(record.issue.lapsed && valid)) return record.issue.lapsed ? "lapsed" : "issued";
  return record.certificate?.state ?? "none";
}

/** Returns whether a search by login ID or name finds the user. Spaces are ignored. */
export function matches(record: UserRecord, search: string): boolean {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  return plain(record.person.id + record.person.name).includes(plain(search));
}

/** Returns an issue number as banks write it: with three digits (S3-5). */
export function issueNumber(number: number): string {
  return String(number).padStart(3, "0");
}

/** The reasons for which a user acquires a new certificate. */
export const ACQUIRES: readonly Reason[] = ["expired", "revoked", "key_missing"];

/** A colour that supports the meaning of a word. */
export type Tone = "good" | "caution" | "bad" | "note" | "plain";

/** The colour of each state of a certificate. */
export const standingTone: Record<Standing, Tone> = {
  issued: "note",
  valid: "good",
  expired: "caution",
  revoked: "bad",
  superseded: "note",
  lapsed: "caution",
  none: "plain",
};

/** The colour of each state of a hardware token. */
export const tokenTone: Record<TokenState, Tone> = {
  not_required: "plain",
  unregistered: "note",
  active: "good",
  expired: "caution",
  revoked: "bad",
  locked: "bad",
  out_of_step: "caution",
};
