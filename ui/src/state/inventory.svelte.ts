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
  /** Those on this PC that cannot be read, and log in nowhere. */
  get unreadable() {
    return unreadable;
  },
  /** They have been read at least once. */
  get known() {
    return known;
  },
};

/** Reads them again; answers why it could not. */
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

/** Reads them again after the store has changed, and what a login may choose from with them. */
export async function storeChanged(): Promise<void> {
  await Promise.all([loadInventory(), catalogue.loadCertificates()]);
}

/** Returns the bank that issued a certificate, if it is one that has been added. */
export function bankOf(certificate: CertificateRow): BankSummary | undefined {
  return catalogue.banks.find((bank) => bank.name === certificate.bank);
}
