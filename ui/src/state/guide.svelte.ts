import { type BankSummary, commands, type Deed, type Guide, type Moving, type Problem } from "../ipc/bindings";
import { app, bank, run, sessionBank } from "./app.svelte";

/** The guide to a new PC, as it was last read; undefined until then, null where none was begun. */
export const guide = $state({
  now: undefined as Guide | null | undefined,
  problem: null as Problem | null,
  /** Tries once more what failed last. */
  again: undefined as (() => void) | undefined,
  /** The certificate was revoked a moment ago, which ended the session. */
  revoked: false,
});

/** The bank that the guide is about. */
export function guideBank(): BankSummary | undefined {
  return sessionBank() ?? bank() ?? (app.banks.length === 1 ? app.banks[0] : undefined);
}

/** Reads it again. */
export async function loadGuide(): Promise<void> {
  const about = guideBank();
  if (about) await take(() => commands.guide(about.name));
}

/** Begins one. */
export async function beginGuide(moving: Moving): Promise<void> {
  const about = guideBank();
  if (about) await take(() => commands.beginGuide(about.name, moving));
}

/** The person says that a step is done, or takes that back. */
export async function sayDone(deed: Deed, done: boolean): Promise<void> {
  const name = guide.now?.bank;
  if (name) await take(() => commands.sayDone(name, deed, done));
}

/** Forgets it. */
export async function endGuide(): Promise<void> {
  if (!guide.now) return;
  const ended = await run(commands.endGuide(guide.now.bank));
  if (ended.status === "ok") guide.now = null;
  guide.problem = ended.status === "ok" ? null : ended.error;
  guide.again = () => void endGuide();
}

async function take(command: () => ReturnType<typeof commands.guide>): Promise<void> {
  guide.again = () => void take(command);
  const answer = await run(command());
  guide.problem = answer.status === "ok" ? null : answer.error;
  if (answer.status === "ok") guide.now = answer.data;
}
