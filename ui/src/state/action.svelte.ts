import type { Problem } from "../ipc/bindings";
import type { Outcome } from "../ipc/call";
import { run } from "./run";

/** Something that a page or a dialog does by a command: whether it runs, and why it failed. */
export class Action {
  /** The action runs at this moment. */
  busy = $state(false);
  /** Why the action failed the last time; null if it did not. */
  problem = $state.raw<Problem | null>(null);
  /** Tries once more what was tried last; undefined if that takes a secret that is gone by now. */
  again = $state.raw<(() => unknown) | undefined>();

  readonly #send: typeof run;
  #runs = 0;

  /** `send` runs the commands of the action: `run`, or `inSession`. */
  constructor(send: typeof run = run) {
    this.#send = send;
  }

  /**
   * Waits for a command, which `again` tries once more, and returns its answer. The last problem stays until then. A
   * command that a later one has overtaken changes nothing here.
   */
  async run<T>(command: Promise<Outcome<T>>, again?: () => unknown): Promise<Outcome<T>> {
    const turn = ++this.#runs;
    this.busy = true;
    this.again = again;
    const result = await this.#send(command);
    if (turn === this.#runs) {
      this.busy = false;
      this.problem = result.status === "error" ? result.error : null;
    }
    return result;
  }
}
