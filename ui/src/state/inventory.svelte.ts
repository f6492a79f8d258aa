import { type BankSummary, type CertificateRow, commands, type Problem, type UnreadableRow } from "../ipc/bindings";
import { catalogue } from "./catalogue.svelte";
import { run } from "./run";

// There may be ten thousand rows: they are replaced as one, never followed one by one.
let rows = $state.raw<CertificateRow[]>([]);
let unreadable = $state.raw<UnreadableRow[]>([]);
let known = $state(false);

/** Every certificate on this PC, each judged for its own bank. */
export const inventory = {
  get rows() {
    return rows;
  },
  /** The certificates on this PC that cannot be read and cannot be used for a login. */
  get unreadable() {
    return unreadable;
  },
  /** Whether the certificates have been read at least once. */
  get known() {
    return known;
  },
};

/** Reads the certificates again. Returns the problem if they cannot be read. */
export async function loadInventory(): Promise<Problem | null> {
  const read = await run(commands.certificates(null, null));
  if (read.status === "error") return read.error;
  const odd = await run(commands.unreadableCertificates());
  if (odd.status === "error") return odd.error;
  rows = read.data;
  unreadable = odd.data;
  known = true;
  return null;
}

/** Reads the certificates again after the store has changed, including those that a login may choose from. */
export async function storeChanged(): Promise<void> {
  await Promise.all([loadInventory(), catalogue.loadCertificates()]);
}

/** Returns the bank that issued a certificate, if the bank has been added. */
export function bankOf(certificate: CertificateRow): BankSummary | undefined {
  return catalogue.banks.find((bank) => bank.name === certificate.bank);
}
