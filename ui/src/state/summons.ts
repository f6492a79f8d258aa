import { Channel } from "@tauri-apps/api/core";
import { commands, type Summons } from "../ipc/bindings";
import { outcome } from "../ipc/call";
import { banner } from "./banner.svelte";
import { catalogue } from "./catalogue.svelte";
import { session } from "./session.svelte";
import { go, start } from "./router.svelte";

/** Lets the person be led from outside the window from now on. Nothing is done by itself: a page opens. */
export async function attend(): Promise<void> {
  await outcome(commands.attend(new Channel<Summons>((summons) => void follow(summons))));
}

async function follow(summons: Summons): Promise<void> {
  switch (summons.kind) {
    case "add_bank":
      go({ page: "add-bank", address: summons.address, user: summons.user });
      break;
    case "acquire":
      await catalogue.choose(summons.bank);
      go({ page: "acquire", user: summons.user });
      break;
    case "log_in":
      if (!session.current) start({ page: "start" });
      break;
    case "certificate":
      go({ page: "certificate", id: summons.id });
      break;
    case "certificates":
      start({ page: "certificates" });
      break;
    case "problem":
      banner.linkProblem = summons.problem;
  }
}
