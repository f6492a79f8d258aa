import type { CertificateState, Reason, TokenState, UserRecord } from "../ipc/bindings";

/**
 * A user's certificate as an administrator sees it (M3): an issue that waits comes before what was, and one
 * that was not acquired in time comes after a certificate that is valid.
 */
export type Standing = CertificateState | "lapsed" | "none";

/** The standing of a user's certificate. */
export function standing(record: UserRecord): Standing {
  const valid = record.certificate?.state === "valid";
  if (record.issue && !(record.issue.lapsed && valid)) return record.issue.lapsed ? "lapsed" : "issued";
  return record.certificate?.state ?? "none";
}

/** Whether a search by login ID or name finds that user; every space is as good as none. */
export function matches(record: UserRecord, search: string): boolean {
  const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  return plain(record.person.id + record.person.name).includes(plain(search));
}

/** The number of an issue as banks write it: three digits (S3-5). */
export function issueNumber(number: number): string {
  return String(number).padStart(3, "0");
}

/** The reasons for which a certificate is acquired anew. */
export const ACQUIRES: readonly Reason[] = ["expired", "revoked", "key_missing"];

/** A colour that helps a word. */
export type Tone = "good" | "caution" | "bad" | "note" | "plain";

/** The colour of the state of a certificate. */
export const standingTone: Record<Standing, Tone> = {
  issued: "note",
  valid: "good",
  expired: "caution",
  revoked: "bad",
  superseded: "note",
  lapsed: "caution",
  none: "plain",
};

/** The colour of the state of a hardware token. */
export const tokenTone: Record<TokenState, Tone> = {
  not_required: "plain",
  unregistered: "note",
  active: "good",
  expired: "caution",
  revoked: "bad",
  locked: "bad",
  out_of_step: "caution",
};
