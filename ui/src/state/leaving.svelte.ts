/** Asks before a page with changes that are not saved is left. */
class Leaving {
  /** Whether the page has changes that are not saved. A page sets it, and it ends with the page. */
  unsaved = $state.raw<() => boolean>(() => false);
  /** What the user wants to do, while the dialog asks. */
  wanted = $state.raw<(() => void) | null>(null);

  /** Does what leads away from the page, at once or after the user has agreed. */
  leave(act: () => void): void {
    if (this.unsaved()) this.wanted = act;
    else act();
  }

  /** Watches a page until the returned function is called. */
  watch(unsaved: () => boolean): () => void {
    this.unsaved = unsaved;
    return () => {
      this.unsaved = () => false;
      this.wanted = null;
    };
  }

  /** Leaves the page, and with it the changes. */
  agree(): void {
    const act = this.wanted;
    this.wanted = null;
    this.unsaved = () => false;
    act?.();
  }

  /** Stays on the page. */
  stay(): void {
    this.wanted = null;
  }
}

export const leaving = new Leaving();
