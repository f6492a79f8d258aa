import { Channel } from "@tauri-apps/api/core";
import { type AskedPin, commands } from "../ipc/bindings";
import { run } from "./run";

/** What a certificate store asks at this moment. */
export const pin = $state({ asked: null as AskedPin | null });

/** Shows from now on what stores ask. */
export function listenForPins(): void {
  void run(commands.askPins(new Channel<AskedPin>((question) => (pin.asked = question))));
}

/** Answers the question `id`, if it is still asked; null cancels. */
export function answerPin(id: number, value: string | null): void {
  if (pin.asked?.id !== id) return;
  pin.asked = null;
  void run(commands.answerPin(id, value));
}
