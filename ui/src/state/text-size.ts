import type { TextSize } from "../ipc/bindings";

/** The sizes of the text, in percent of the system's text size. */
export const TEXT_SIZES: readonly TextSize[] = ["100", "125", "150", "200"];

/** Shows all text in that size, by the style sheet. */
export function showTextSize(size: TextSize): void {
  document.documentElement.dataset["textSize"] = size;
}

/**
 * Returns the size that a key asks for: Ctrl with +, - or 0, as in a browser. Returns undefined for another key. On a
 * Japanese keyboard, + is on the key of the semicolon. The browser's own zoom is prevented.
 */
export function sizeByKey(event: KeyboardEvent, size: TextSize): TextSize | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const now = TEXT_SIZES.indexOf(size);
  const next = { "+": now + 1, "=": now + 1, ";": now + 1, "-": now - 1, "0": 0 }[event.key];
  if (next === undefined) return undefined;
  event.preventDefault();
  return next === now ? undefined : TEXT_SIZES[next];
}
