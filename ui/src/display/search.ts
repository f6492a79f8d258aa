import type { CertificateRow } from "../ipc/bindings";

/** As two ways of writing the same are to be found: full-width letters as half-width ones, without regard to case. */
function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** What a certificate is found by: login ID, person, company and serial number. */
export function searchText(row: CertificateRow): string {
  return folded([row.name, row.person, row.organisation, row.serial].filter(Boolean).join(" "));
}

/** Returns the rows that contain every word of the query. `texts` are their search texts, in the same order. */
export function found(rows: readonly CertificateRow[], texts: readonly string[], query: string): CertificateRow[] {
  const words = folded(query).split(" ").filter(Boolean);
  return rows.filter((_, index) => words.every((word) => texts[index]?.includes(word)));
}
