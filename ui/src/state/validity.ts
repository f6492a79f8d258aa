/**
 * Keeps the browser from saying in a bubble, in its own language and words, why a form cannot be sent. Each field says
 * it itself. The first field that is at fault gets the focus, as the browser would give it. Returns a function that ends
 * this.
 */
export function refuseBubbles(): () => void {
  let first: HTMLElement | null = null;

  function refuse(event: Event) {
    event.preventDefault();
    // All faults of a form are reported in one go, in the order of the page.
    if (first || !(event.target instanceof HTMLElement)) return;
    first = event.target;
    // Microtasks run between the reports of two fields: the next task comes after all of them.
    setTimeout(() => {
      first?.focus();
      first = null;
    });
  }

  document.addEventListener("invalid", refuse, true);
  return () => document.removeEventListener("invalid", refuse, true);
}
