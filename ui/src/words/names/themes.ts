import type { Theme } from "../../ipc/bindings";

// The ids of the words that name the members of an enumeration. Every value here is an id of both catalogues.

/** The word for each theme. */
export const themeWord: Record<Theme, string> = {
  system: "theme-system",
  light: "theme-light",
  dark: "theme-dark",
};
