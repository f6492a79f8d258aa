import { SvelteSet } from "svelte/reactivity";

/** The rows of a list that the user has chosen, by their ids. */
export class Selection {
  readonly #chosen = new SvelteSet<string>();
  /** The row from which a range begins: the one that was chosen or removed last. */
  #anchor: string | null = null;

  /** The number of chosen rows. */
  get size(): number {
    return this.#chosen.size;
  }

  /** Returns whether a row is chosen. */
  has(id: string): boolean {
    return this.#chosen.has(id);
  }

  /** Chooses a row, or removes it if it is chosen. */
  toggle(id: string): void {
    if (!this.#chosen.delete(id)) this.#chosen.add(id);
    this.#anchor = id;
  }

  /**
   * Chooses every row from the one that was chosen last to this one, both included. `order` is the order in which the
   * rows are shown.
   */
  extend(id: string, order: readonly string[]): void {
    const to = order.indexOf(id);
    const anchor = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    const from = anchor < 0 ? to : anchor;
    for (const one of order.slice(Math.min(from, to), Math.max(from, to) + 1)) this.#chosen.add(one);
    if (anchor < 0) this.#anchor = id;
  }

  /** Chooses all these rows. */
  all(order: readonly string[]): void {
    for (const one of order) this.#chosen.add(one);
  }

  /** Removes every row. */
  clear(): void {
    this.#chosen.clear();
    this.#anchor = null;
  }

  /** Removes the rows that the list does not have any more. */
  keep(order: readonly string[]): void {
    const known = new SvelteSet(order);
    for (const one of this.#chosen) if (!known.has(one)) this.#chosen.delete(one);
    if (this.#anchor !== null && !known.has(this.#anchor)) this.#anchor = null;
  }
}
