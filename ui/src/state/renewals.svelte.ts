import { commands, type InterruptedRenewal } from "../ipc/bindings";
import { run } from "./run";

/** The renewals that were interrupted on this PC. */
export const renewals = $state({ interrupted: [] as InterruptedRenewal[] });

/** Reads the interrupted renewals again. */
export async function loadRenewals(): Promise<void> {
  const read = await run(commands.interruptedRenewals());
  if (read.status === "ok") renewals.interrupted = read.data;
}
