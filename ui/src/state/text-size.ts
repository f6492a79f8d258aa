import type { TextSize } from "../ipc/bindings";

/** The sizes of the text, in hundredths of the system's. */
export const TEXT_SIZES: readonly TextSize[] = ["100", "125", "150", "200"];

/** Shows all text at that size; the style sheet knows what it is. */
export function showTextSize(size: TextSize): void {
  document.documentElement.dataset["textSize"] = size;
}

/**
 * Returns the size that a key asks for, and undefined if it asks for none: Ctrl with +, - and 0, as in a browser. On a
 * Japanese keyboard + is on the key of the semicolon. A browser does nothing of its own with such a key.
 */
export function sizeByKey(event: KeyboardEvent, size: TextSize): TextSize | undefined {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return undefined;
  const now = TEXT_SIZES.indexOf(size);
  const next = { "+": now + 1, "=": now + 1, ";": now + 1, "-": now - 1, "0": 0 }[event.key];
  if (next === undefined) return undefined;
  event.preventDefault();
  return next === now ? undefined : TEXT_SIZES[next];
}
