import { Channel } from "@tauri-apps/api/core";
import { commands, type NavigationRequest } from "../ipc/bindings";
import { outcome } from "../ipc/call";
import { banner } from "./banner.svelte";
import { catalogue } from "./catalogue.svelte";
import { session } from "./session.svelte";
import { go, start } from "./router.svelte";

/**
 * From now on, opens the pages that are requested from outside the window. A request only opens a page, and does
 * nothing on it.
 */
export async function subscribe(): Promise<void> {
  await outcome(commands.subscribe(new Channel<NavigationRequest>((request) => void follow(request))));
}

async function follow(request: NavigationRequest): Promise<void> {
  switch (request.kind) {
    case "add_bank":
      go({ page: "add-bank", address: request.address, user: request.user });
      break;
    case "acquire":
      await catalogue.choose(request.bank);
      go({ page: "acquire", user: request.user });
      break;
    case "log_in":
      if (!session.current) start({ page: "start" });
      break;
    case "certificate":
      go({ page: "certificate", id: request.id });
      break;
    case "certificates":
      start({ page: "certificates" });
      break;
    case "problem":
      banner.linkProblem = request.problem;
  }
}
