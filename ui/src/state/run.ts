import { endsSession, type Outcome, outcome, shutsOut } from "../ipc/call";
import { catalogue } from "./catalogue.svelte";
import { session } from "./session.svelte";

/** Runs a command. If the session has ended, goes back to the start page, which says so. */
export async function run<T>(command: Promise<Outcome<T>>): Promise<Outcome<T>> {
  const result = await outcome(command);
  if (result.status === "error" && endsSession(result.error)) session.end(result.error);
  return result;
}

/**
 * Runs a command in a session. Some refusals also end the session. The start page then says why the user can do nothing
 * more.
 */
export async function inSession<T>(command: Promise<Outcome<T>>): Promise<Outcome<T>> {
  const result = await run(command);
  if (result.status === "error" && shutsOut(result.error) && session.end(result.error)) {
    await catalogue.loadCertificates();
  }
  return result;
}
