import type { Problem } from "../ipc/bindings";
import type { Outcome } from "../ipc/call";
import { run } from "./run";

/** An action that a page or a dialog does by a command: whether it is running, and why it failed. */
export class Action {
  /** Whether the action is running. */
  busy = $state(false);
  /** Why the action failed the last time; null if it succeeded. */
  problem = $state.raw<Problem | null>(null);
  /** Tries the last action again; undefined if that takes a secret that the page no longer has. */
  again = $state.raw<(() => unknown) | undefined>();

  readonly #send: typeof run;
  #runs = 0;

  /** `send` runs the commands of the action. It is `run` or `inSession`. */
  constructor(send: typeof run = run) {
    this.#send = send;
  }

  /**
   * Waits for a command and returns its answer. `again` tries the command again. The last problem is shown until the
   * answer comes. If a later command has been started meanwhile, the answer does not change this state.
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
