import type { CertificateRow } from "../ipc/bindings";
import { commonName } from "./names";

/** A column by which certificates are sorted. */
export type Column = "name" | "issuer" | "until";

/** The order of a list of certificates. */
export type Order = { column: Column; descending: boolean };

const COMPARE = new Intl.Collator("ja", { numeric: true, sensitivity: "base" });

/** Returns the order after a click on a column: the same column turns around, another one begins ascending. */
export function turned(order: Order | null, column: Column): Order {
  return { column, descending: order?.column === column && !order.descending };
}

/**
 * Returns the certificates in that order; null leaves them as they are. Certificates that are equal in the column stay
 * in their order.
 */
export function sorted(rows: readonly CertificateRow[], order: Order | null): readonly CertificateRow[] {
  if (!order) return rows;
  const text = (row: CertificateRow) => (order.column === "name" ? row.name : commonName(row.issuer));
  const turn = order.descending ? -1 : 1;
  // Each key is made once: there may be ten thousand rows.
  if (order.column === "until") {
    const keyed = rows.map((row) => ({ row, key: Date.parse(row.not_after) }));
    return keyed.sort((one, other) => turn * (one.key - other.key)).map(({ row }) => row);
  }
  const keyed = rows.map((row) => ({ row, key: text(row) }));
  return keyed.sort((one, other) => turn * COMPARE.compare(one.key, other.key)).map(({ row }) => row);
}
