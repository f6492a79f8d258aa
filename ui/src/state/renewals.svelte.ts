import { commands, type InterruptedRenewal } from "../ipc/bindings";
import { run } from "./run";

/** Renewals that were cut on this PC. */
export const renewals = $state({ interrupted: [] as InterruptedRenewal[] });

/** Reads them again. */
export async function loadRenewals(): Promise<void> {
  const read = await run(commands.interruptedRenewals());
  if (read.status === "ok") renewals.interrupted = read.data;
}
