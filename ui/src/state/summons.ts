import { Channel } from "@tauri-apps/api/core";
import { commands, type Summons } from "../ipc/bindings";
import { outcome } from "../ipc/call";
import { app, choose } from "./app.svelte";
import { go, start } from "./router.svelte";

/** Lets the person be led from outside the window from now on. Nothing is done by itself: a page opens. */
export async function attend(): Promise<void> {
  await outcome(commands.attend(new Channel<Summons>((summons) => void follow(summons))));
}

async function follow(summons: Summons): Promise<void> {
  switch (summons.kind) {
    case "add_bank":
      return go({ page: "add-bank", address: summons.address, user: summons.user });
    case "acquire":
      await choose(summons.bank);
      return go({ page: "acquire", user: summons.user });
    case "log_in":
      if (!app.session) start({ page: "start" });
      return;
    case "certificate":
      return go({ page: "certificate", id: summons.id });
    case "certificates":
      return start({ page: "certificates" });
    case "problem":
      app.linkProblem = summons.problem;
  }
}
