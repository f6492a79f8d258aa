import type { Problem } from "../ipc/bindings";

/** The messages above the start page, and above every page if a link cannot be opened. */
class Banner {
  /** Why the program cannot start, or why a session ended. */
  problem = $state<Problem | null>(null);
  /** Why the last link cannot be opened. */
  linkProblem = $state<Problem | null>(null);
  /** Whether the start page must say that the user has logged out. It says so once. */
  loggedOut = $state(false);
  /** Whether the session ended because the user did nothing for too long. */
  idledOut = $state(false);
  /** Whether the bank did not receive the logout. */
  unheard = $state(false);

  /** Removes the messages about the end of the last session. */
  forgetLogout(): void {
    this.loggedOut = this.idledOut = this.unheard = false;
  }
}

export const banner = new Banner();
