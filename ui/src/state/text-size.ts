import { commands, type Problem, type TextSize } from "../ipc/bindings";
import { app, run } from "./app.svelte";

/** The sizes of the text, in hundredths of the system's. */
export const TEXT_SIZES: readonly TextSize[] = ["100", "125", "150", "200"];

// One after the other: the last one chosen is the one that is kept.
let kept: Promise<unknown> = Promise.resolve();

/** Shows all text at that size; the style sheet knows what it is. */
export function showTextSize(size: TextSize): void {
  document.documentElement.dataset["textSize"] = size;
}

/** Shows all text at that size from now on, and keeps that. */
export async function setTextSize(size: TextSize): Promise<Problem | null> {
  showTextSize(size);
  if (app.settings) app.settings.text_size = size;
  const call = kept.then(() => run(commands.setTextSize(size)));
  kept = call;
  const result = await call;
  return result.status === "error" ? result.error : null;
}

/** Ctrl with +, - and 0, as in a browser; on a Japanese keyboard + is on the key of the semicolon. */
export function resizeByKey(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || !app.settings) return;
  const now = TEXT_SIZES.indexOf(app.settings.text_size);
  const next = { "+": now + 1, "=": now + 1, ";": now + 1, "-": now - 1, "0": 0 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  const size = TEXT_SIZES[next];
  // A size that could not be kept holds until the window closes: no page is there to say so.
  if (size && next !== now) void setTextSize(size);
}
