import type { Problem } from "../ipc/bindings";

/** What is shown above the start page, and above any page if a link leads nowhere. */
class Banner {
  /** Why the program cannot begin, or why a session ended. */
  problem = $state<Problem | null>(null);
  /** Why the link that was opened last leads nowhere. */
  linkProblem = $state<Problem | null>(null);
  /** The start page says once that the person has logged out. */
  loggedOut = $state(false);
  /** The session ended because the person did nothing for too long. */
  idledOut = $state(false);
  /** The bank did not hear that the person has logged out. */
  unheard = $state(false);

  /** Forgets how the last session ended. */
  forgetLogout(): void {
    this.loggedOut = this.idledOut = this.unheard = false;
  }
}

export const banner = new Banner();
