import type { Who } from "../../ipc/call";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** Who can mend a problem; these words are the protocol's. */
export const whoWord: Record<Who, string> = {
  you: "who-you",
  administrator: "who-administrator",
  branch: "who-branch",
  bank: "who-bank",
};
