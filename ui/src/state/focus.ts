/**
 * Keeps the focus where the eye is. Where what had it is taken away, the title of the page or dialog gets it; where it was
 * only blocked for a while, as the button of a form that is being sent, it gets it back. Answers how to stop.
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

  // Where a person puts it down by a click on nothing, it stays down.
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

/** Puts the focus on the title of the page. */
export function focusTitle(): void {
  title()?.focus({ preventScroll: true });
}

function title(): HTMLElement | null {
  return document.querySelector<HTMLElement>("dialog:modal h2[tabindex], main h1");
}
