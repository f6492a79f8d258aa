import type { Who } from "../../ipc/call";
import type { PageTarget } from "../../display/remedies";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The words for the person who can mend a problem. They are the words of the protocol's catalogue. */
export const whoWord: Record<Who, string> = {
  you: "who-you",
  administrator: "who-administrator",
  branch: "who-branch",
  bank: "who-bank",
};

/** The label of the button that copies what the person who can mend the problem must know. */
export const tellWord: Record<Who, string> = {
  you: "problem-tell",
  administrator: "problem-tell-administrator",
  branch: "problem-tell-branch",
  bank: "problem-tell",
};

/** The label of the button that opens the page on which the next step is done. */
export const targetWord: Record<PageTarget, string> = {
  acquire: "problem-to-acquire",
  "add-bank": "problem-to-add-bank",
  certificates: "problem-to-certificates",
  "change-passwords": "problem-to-change-passwords",
  "change-pc": "problem-to-change-pc",
  choose: "problem-to-choose",
  doctor: "problem-to-doctor",
  login: "problem-to-login",
  settings: "problem-to-settings",
  token: "problem-to-token",
};
