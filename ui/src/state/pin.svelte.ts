import { Channel } from "@tauri-apps/api/core";
import { type AskedPin, commands } from "../ipc/bindings";
import { run } from "./run";

/** The question for a PIN that a certificate store asks now. */
export const pin = $state({ asked: null as AskedPin | null });

/** Shows from now on the questions that stores ask. */
export function listenForPins(): void {
  void run(commands.askPins(new Channel<AskedPin>((question) => (pin.asked = question))));
}

/** Answers the question `id`, if it is still open. null cancels the question. */
export function answerPin(id: number, value: string | null): void {
  if (pin.asked?.id !== id) return;
  pin.asked = null;
  void run(commands.answerPin(id, value));
}
