import {
  type Acquired,
  type BankSummary,
  commands,
  type LoggedIn,
  type NextStep,
  type OwnToken,
  type Problem,
  type Role,
  type Top,
} from "../ipc/bindings";
import { endsSession, type Outcome, outcome } from "../ipc/call";
import { banner } from "./banner.svelte";
import { catalogue } from "./catalogue.svelte";
import { start, type View } from "./router.svelte";

/** The page for each step between a login and the top page. */
export const nextPage = {
  password_change: "change-passwords",
  token_activation: "token",
  top: "top",
} as const satisfies Record<NextStep, string>;

/** The session of the user who is logged in. It never contains a password. */
class Session {
  /** Who is logged in, at which bank, and how. */
  current = $state<LoggedIn | null>(null);
  /** The top page as it was last read. */
  top = $state<Top | null>(null);
  /** The token of the person who is logged in, as it was last read. */
  token = $state<OwnToken | null>(null);

  /** The acquisition that led to this session; null if the session began with a login. */
  acquired = $state.raw<Acquired | null>(null);

  // The session is being ended here: a command that finds it ended meanwhile shows nothing.
  #leaving = false;

  /** The bank of the session. */
  get bank(): BankSummary | undefined {
    return catalogue.banks.find((candidate) => candidate.name === this.current?.bank);
  }

  /** The role of the person who is logged in. */
  get ownRole(): Role | undefined {
    return this.role(this.current?.person.role);
  }

  /** Returns a role of the session's bank. */
  role(id: string | undefined): Role | undefined {
    return this.bank?.profile.roles.find((candidate) => candidate.id === id);
  }

  /** Begins the session after a login, or continues it after a password change. */
  enter(session: LoggedIn): void {
    this.current = session;
    banner.problem = null;
    banner.forgetLogout();
    start({ page: nextPage[session.next] });
  }

  /**
   * Continues the session after the page was reloaded. Returns the problem if it cannot be found out whether there is a
   * session.
   */
  async resume(): Promise<Problem | null> {
    if (this.current) return null;
    const open = await outcome(commands.currentSession());
    if (open.status === "error") return open.error;
    if (open.data) {
      catalogue.chosen = open.data.bank;
      catalogue.entrances[open.data.bank] = open.data.entrance;
      this.enter(open.data);
    }
    return null;
  }

  /** Ends the session (S1-15). The window forgets the session even if the bank does not receive the logout. */
  async leave(): Promise<void> {
    const result = await this.#logOut();
    banner.problem = result.status === "error" && !endsSession(result.error) ? result.error : null;
    banner.unheard = banner.problem !== null;
    banner.loggedOut = !banner.unheard;
    start({ page: "start" });
    await catalogue.loadCertificates();
  }

  /** Ends the session because the user did nothing for too long, before the bank ends it. */
  async leaveIdle(): Promise<void> {
    await this.leave();
    banner.loggedOut = false;
    banner.idledOut = true;
  }

  /** Opens a page after an action that has ended the session at the bank. The page says that the session has ended. */
  async over(next: View): Promise<void> {
    await this.#logOut();
    start(next);
    await catalogue.loadCertificates();
  }

  /**
   * Goes to the start page, which says why the session has ended. Returns false if the session is already being ended.
   */
  end(problem: Problem): boolean {
    if (!this.current || this.#leaving) return false;
    this.forget();
    banner.problem = problem;
    start({ page: "start" });
    return true;
  }

  /** Removes the data of the session that has ended. */
  forget(): void {
    this.current = null;
    this.top = null;
    this.token = null;
    this.acquired = null;
  }

  async #logOut(): Promise<Outcome<null>> {
    this.#leaving = true;
    const result = await outcome(commands.logOut());
    this.forget();
    this.#leaving = false;
    return result;
  }
}

export const session = new Session();
