/** What a key does in the whole window, wherever the focus is. */
export type KeyAction = "find" | "settings" | "back" | "act";

type Key = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "repeat" | "isComposing">;

/**
 * Returns what a key does in the whole window: Ctrl+F goes to the search, Ctrl+comma to the settings, Alt and the left
 * arrow back, and Enter presses the filled button. A key that is still held down from the page before does nothing, and
 * neither does Enter that ends a conversion of an input method.
 */
export function actionOf(event: Key): KeyAction | null {
  if (event.isComposing || event.repeat) return null;
  const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (command && event.key.toLowerCase() === "f") return "find";
  if (command && event.key === ",") return "settings";
  if (event.altKey && !event.ctrlKey && !event.metaKey && event.key === "ArrowLeft") return "back";
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  return plain && event.key === "Enter" ? "act" : null;
}

/**
 * Returns the filled button that Enter presses if nothing else has the focus: that of the dialog, or else that of the
 * page. A button that destroys something is pressed only by itself.
 */
export function filledButton(): HTMLButtonElement | null {
  const dialog = [...document.querySelectorAll("dialog:modal")].at(-1);
  const place = dialog ?? document.querySelector("main");
  const buttons = [...(place?.querySelectorAll<HTMLButtonElement>("button.act:enabled") ?? [])];
  const only = buttons.length === 1 ? buttons[0] : undefined;
  return only && !only.hasAttribute("data-deliberate") ? only : null;
}

/** Returns whether the focus is on nothing that takes a key itself: on the page, or on a title. */
export function isIdle(element: Element | null): boolean {
  return element === null || element === document.body || element.matches("h1, h2");
}
