import { commands, type LoggedIn, type Problem } from "../ipc/bindings";
import { type Outcome, outcome } from "../ipc/call";
import { Action } from "./action.svelte";
import { session } from "./session.svelte";

/** The login of a page: it may be given up while the bank does not answer, and it counts wrong passwords. */
export class Login {
  readonly #action = new Action();
  #given = 0;
  /** How many passwords in a row the bank has refused on this page. */
  wrong = $state(0);
  /** Whether the user has given up the last login. */
  givenUp = $state(false);
  #waits = $state(false);

  /** Whether the page waits for the bank. */
  get busy(): boolean {
    return this.#waits;
  }

  /** Why the last login failed. */
  get problem(): Problem | null {
    return this.givenUp ? null : this.#action.problem;
  }

  /** Waits for a login, and begins the session. Returns false if the login failed, and true if it was given up. */
  async run(call: Promise<Outcome<LoggedIn>>): Promise<boolean> {
    const turn = ++this.#given;
    this.givenUp = false;
    this.#waits = true;
    const result = await this.#action.run(call);
    // What comes after the user has given it up is of no use: the shell has ended that session.
    if (turn !== this.#given) return true;
    this.#waits = false;
    if (result.status === "ok") {
      session.enter(result.data);
      return true;
    }
    if (result.error.code === "login_failed") this.wrong += 1;
    return false;
  }

  /** Gives up the login that is running. */
  async giveUp(): Promise<void> {
    this.#given += 1;
    this.#waits = false;
    this.givenUp = true;
    await outcome(commands.giveUpLogin().then(() => ({ status: "ok", data: null })));
  }
}
