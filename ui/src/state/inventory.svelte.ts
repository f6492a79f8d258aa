import { type BankSummary, type CertificateRow, commands, type Problem } from "../ipc/bindings";
import { app, loadCertificates, run } from "./app.svelte";

// Ten thousand rows may lie here: they are replaced as one, never followed one by one.
let rows = $state.raw<CertificateRow[]>([]);
let known = $state(false);

/** Every certificate on this PC, each judged for its own bank. */
export const inventory = {
  get rows() {
    return rows;
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
  rows = read.data;
  known = true;
  return null;
}

/** Reads them again after the store has changed, and what a login may choose from with them. */
export async function storeChanged(): Promise<void> {
  await Promise.all([loadInventory(), loadCertificates()]);
}

/** The bank that issued a certificate, where it is one that has been added. */
export function bankOf(certificate: CertificateRow): BankSummary | undefined {
  return app.banks.find((bank) => bank.name === certificate.bank);
}
