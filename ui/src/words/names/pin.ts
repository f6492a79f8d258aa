import type { Tries } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The sentence that says how many attempts are left for a PIN; null if there are enough. */
export const triesSentence: Record<Tries, string | null> = {
  enough: null,
  fewer: "pin-fewer",
  last: "pin-last",
};
