import { type BankSummary, commands, type StepKind, type Guide, type MigrationRequest } from "../ipc/bindings";
import { Action } from "./action.svelte";
import { catalogue } from "./catalogue.svelte";
import { session } from "./session.svelte";

/** The state of the guide to a new PC. */
class GuideState {
  /** The guide as it was last read; undefined before it is read, null if no guide was begun. */
  now = $state<Guide | null | undefined>();
  /** Whether the certificate has just been revoked, which ended the session. */
  revoked = $state(false);
  /** The action that reads or changes the guide. */
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

  /** Records that the user says that the step is done, or withdraws that. */
  async sayDone(kind: StepKind, done: boolean): Promise<void> {
    const name = this.now?.bank;
    if (name) await this.#take(() => commands.sayDone(name, kind, done));
  }

  /** Deletes the guide. */
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
