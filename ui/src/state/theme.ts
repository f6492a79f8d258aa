import type { Theme } from "../ipc/bindings";

/** The themes, in the order in which the settings offer them. */
export const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Shows the window in that theme, by the style sheet. */
export function showTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}
