import { type BankSummary, commands, type StepKind, type Guide, type MigrationRequest } from "../ipc/bindings";
import { Action } from "./action.svelte";
import { catalogue } from "./catalogue.svelte";
import { session } from "./session.svelte";

/** The guide to a new PC. */
class GuideState {
  /** The guide as it was last read; undefined until then, null if none was begun. */
  now = $state<Guide | null | undefined>();
  /** The certificate was revoked a moment ago, which ended the session. */
  revoked = $state(false);
  /** Reads or changes the guide. */
  readonly action = new Action();

  /** The bank that the guide is about. */
  get bank(): BankSummary | undefined {
    return session.bank ?? catalogue.bank ?? (catalogue.banks.length === 1 ? catalogue.banks[0] : undefined);
  }

  /** Reads the guide again. */
  async load(): Promise<void> {
    const about = this.bank;
    if (about) await this.#take(() => commands.guide(about.name));
  }

  /** Begins a guide. */
  async begin(request: MigrationRequest): Promise<void> {
    const about = this.bank;
    if (about) await this.#take(() => commands.beginGuide(about.name, request));
  }

  /** Marks a step as done because the person says so, or takes that back. */
  async sayDone(kind: StepKind, done: boolean): Promise<void> {
    const name = this.now?.bank;
    if (name) await this.#take(() => commands.sayDone(name, kind, done));
  }

  /** Forgets the guide. */
  async end(): Promise<void> {
    if (!this.now) return;
    const ended = await this.action.run(commands.endGuide(this.now.bank), () => this.end());
    if (ended.status === "ok") this.now = null;
  }

  async #take(command: () => ReturnType<typeof commands.guide>): Promise<void> {
    const answer = await this.action.run(command(), () => this.#take(command));
    if (answer.status === "ok") this.now = answer.data;
  }
}

export const guide = new GuideState();
