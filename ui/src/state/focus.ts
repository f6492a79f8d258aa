/**
 * Keeps the focus near the place where it was. If the focused element is removed, the title of the page or dialog gets
 * the focus. If the element was only disabled for a while, as the button of a form that is being sent, it gets the
 * focus back. Returns a function that ends this.
 */
export function keepFocus(): () => void {
  let last: HTMLElement | null = null;

  const remember = (event: FocusEvent) => {
    if (event.target instanceof HTMLElement) last = event.target;
  };
  const mend = () => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (!lost || !last || last.matches(":disabled")) return;
    const goal = last.isConnected ? last : title();
    last = null;
    goal?.focus({ preventScroll: true });
  };

  // A person who clicks on nothing puts the focus down, and it stays down.
  const putDown = () => (last = null);
  const observer = new MutationObserver(mend);
  document.addEventListener("focusin", remember);
  document.addEventListener("pointerdown", putDown);
  observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  return () => {
    document.removeEventListener("focusin", remember);
    document.removeEventListener("pointerdown", putDown);
    observer.disconnect();
  };
}

/** Moves the focus to the title of the page. */
export function focusTitle(): void {
  title()?.focus({ preventScroll: true });
}

function title(): HTMLElement | null {
  return document.querySelector<HTMLElement>("dialog:modal h2[tabindex], main h1");
}

const TAKES_FOCUS = "button:enabled, input:enabled, a[href], summary, [tabindex='0']";

/** Makes it possible to scroll `scroller` with the keyboard, even if nothing in it takes the focus (WCAG 2.1.1). */
export function reachable(scroller: HTMLElement): () => void {
  function look() {
    const scrolls = scroller.scrollHeight > scroller.clientHeight + 1;
    if (scrolls && !scroller.querySelector(TAKES_FOCUS)) scroller.tabIndex = 0;
    else scroller.removeAttribute("tabindex");
  }
  const sizes = new ResizeObserver(look);
  function follow() {
    sizes.disconnect();
    for (const element of [scroller, ...scroller.children]) sizes.observe(element);
  }
  const parts = new MutationObserver(follow);
  parts.observe(scroller, { childList: true });
  follow();
  return () => {
    parts.disconnect();
    sizes.disconnect();
  };
}
