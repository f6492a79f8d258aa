/**
 * The number of the mouse button that leads back in a browser, in `MouseEvent.button`. The button that leads forward
 * follows.
 */
const BACK = 3;
const FORWARD = 4;
const MIDDLE = 1;

/** The keys by which a browser leaves a page or reloads it, wherever the focus is. */
const LEAVING = [
  "F5",
  "BrowserBack",
  "BrowserForward",
  "BrowserRefresh",
  "BrowserHome",
  "BrowserSearch",
  "BrowserStop",
];
/** The letters by which a browser does so together with Ctrl, and those together with Command. */
const LEAVING_WITH_CONTROL = ["r", "[", "]", "s", "u", "j"];
const LEAVING_WITH_COMMAND = ["r", "[", "]"];

/** The types of an `input` in which text is typed. */
const TEXT_TYPES = ["text", "search", "password", "email", "url", "tel", "number"];

/**
 * Prevents what a browser does with a page, since this is the window of a program: the menu except in text fields, the
 * keys and mouse buttons for reload, back and forward, the zoom, and the dragging of links. Returns a function that
 * ends this.
 */
export function refuseBrowsing(): () => void {
  const stop = new AbortController();
  const listen = <K extends keyof DocumentEventMap>(kind: K, refuses: (event: DocumentEventMap[K]) => boolean) => {
    const act = (event: DocumentEventMap[K]) => {
      if (refuses(event)) event.preventDefault();
    };
    document.addEventListener(kind, act, { capture: true, passive: false, signal: stop.signal });
  };
  listen("contextmenu", (event) => !takesText(event.target));
  listen("keydown", leaves);
  for (const kind of ["mousedown", "mouseup"] as const) {
    listen(kind, ({ button }) => button === BACK || button === FORWARD);
  }
  // The middle button opens a link elsewhere; in a text field it pastes.
  listen(
    "auxclick",
    ({ button, target }) => button === BACK || button === FORWARD || (button === MIDDLE && !takesText(target)),
  );
  listen("wheel", ({ ctrlKey, metaKey }) => ctrlKey || metaKey);
  listen("dragstart", ({ target }) => !takesText(target));
  listen("dragover", ({ target }) => !takesText(target));
  listen("drop", ({ target, dataTransfer }) => !takesText(target) || (dataTransfer?.files.length ?? 0) > 0);
  return () => stop.abort();
}

/** Returns whether the key would make a browser leave the page or reload it. */
export function leaves(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): boolean {
  if (LEAVING.includes(event.key)) return true;
  if (event.altKey && ["ArrowLeft", "ArrowRight", "Home"].includes(event.key)) return true;
  if (event.altKey) return false;
  const letter = event.key.toLowerCase();
  return (
    (event.ctrlKey && LEAVING_WITH_CONTROL.includes(letter)) || (event.metaKey && LEAVING_WITH_COMMAND.includes(letter))
  );
}

function takesText(target: EventTarget | null): boolean {
  if (target instanceof HTMLInputElement) return TEXT_TYPES.includes(target.type) && !target.disabled;
  return target instanceof HTMLTextAreaElement && !target.disabled;
}
