import { commands, type Settings, type TextSize, type Theme } from "../ipc/bindings";
import { type Outcome, outcome } from "../ipc/call";
import { speak, systemLanguage } from "../words/words.svelte";
import { banner } from "./banner.svelte";
import { catalogue } from "./catalogue.svelte";
import { session } from "./session.svelte";
import { showTextSize } from "./text-size";
import { showTheme } from "./theme";

/** The state of the window as a whole. */
class AppState {
  /** Whether the language is known, so that the frame can be shown. */
  spoken = $state(false);
  /** Whether everything that the start page shows is known. */
  ready = $state(false);
  settings = $state<Settings | null>(null);

  // One setting is kept after the other: the last one chosen is the one that stays.
  #kept: Promise<unknown> = Promise.resolve();

  /** Reads everything that the start page shows. The frame waits only for the language and the text size. */
  async load(): Promise<void> {
    const look = await outcome(commands.appearance());
    if (look.status === "ok") {
      showTextSize(look.data.text_size);
      showTheme(look.data.theme);
    } else banner.problem = look.error;
    speak((look.status === "ok" ? look.data.language : null) ?? systemLanguage(navigator.languages));
    this.spoken = true;
    const [settings] = await Promise.all([
      outcome(commands.settings()),
      catalogue.loadBanks(),
      catalogue.loadInterrupted(),
    ]);
    if (settings.status === "ok") {
      this.settings = settings.data;
      catalogue.openLast(settings.data.last_service);
    } else banner.problem ??= settings.error;
    const unknown = await session.resume();
    banner.problem ??= unknown;
    const unread = await catalogue.loadCertificates();
    banner.problem ??= unread;
    this.ready = true;
    void catalogue.askRevocation();
  }

  /** Reads everything again after a problem. */
  async reload(): Promise<void> {
    banner.problem = null;
    await this.load();
  }

  /** Shows the window in that theme from now on, and saves it. */
  async setTheme(theme: Theme): Promise<Outcome<null>> {
    showTheme(theme);
    if (this.settings) this.settings.theme = theme;
    const call = this.#kept.then(() => outcome(commands.setTheme(theme)));
    this.#kept = call;
    return call;
  }

  /** Shows all text in that size from now on, and saves the size. */
  async setTextSize(size: TextSize): Promise<Outcome<null>> {
    showTextSize(size);
    if (this.settings) this.settings.text_size = size;
    const call = this.#kept.then(() => outcome(commands.setTextSize(size)));
    this.#kept = call;
    return call;
  }
}

export const app = new AppState();
