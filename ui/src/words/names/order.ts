import type { Column } from "../../display/order";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The heading of a column of certificates. */
export const columnWord: Record<Column, string> = {
  name: "list-column-name",
  issuer: "list-column-issuer",
  until: "list-column-until",
};
