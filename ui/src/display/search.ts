import type { CertificateRow } from "../ipc/bindings";

/**
 * Returns a text in a form in which two ways of writing it are equal: full-width letters become half-width, and case is
 * ignored.
 */
function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
}

/** Returns the text that a search compares with the query: login ID, person, company and serial number. */
export function searchText(row: CertificateRow): string {
  return folded([row.name, row.person, row.organisation, row.serial].filter(Boolean).join(" "));
}

/** Returns the rows that contain every word of the query. `texts` are their search texts, in the same order. */
export function found(rows: readonly CertificateRow[], texts: readonly string[], query: string): CertificateRow[] {
  const words = folded(query).split(" ").filter(Boolean);
  return rows.filter((_, index) => words.every((word) => texts[index]?.includes(word)));
}
