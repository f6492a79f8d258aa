/** The buttons of a mouse that lead back and forward in a browser, as `MouseEvent.button` numbers them. */
const BACK = 3;
const FORWARD = 4;
const MIDDLE = 1;

/** The keys by which a browser leaves a page or loads it anew, wherever they are pressed. */
const LEAVING = [
  "F5",
  "BrowserBack",
  "BrowserForward",
  "BrowserRefresh",
  "BrowserHome",
  "BrowserSearch",
  "BrowserStop",
];
/** The letters that do so with Ctrl, and those that do so with Command, too. */
const LEAVING_WITH_CONTROL = ["r", "[", "]", "s", "u", "j"];
const LEAVING_WITH_COMMAND = ["r", "[", "]"];

/** The types of an `input` into which text is typed. */
const TEXT_TYPES = ["text", "search", "password", "email", "url", "tel", "number"];

/**
 * Refuses what a browser does with a page, since this is a program's window and not a page of the web: its menu, except
 * in a text field, its keys and mouse buttons for reload, back and forward, its zoom, and links that are dragged. Returns
 * how to stop.
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

/** Returns whether a browser would leave the page, or load it anew, because of the key. */
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
