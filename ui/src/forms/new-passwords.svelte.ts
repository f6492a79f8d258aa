import type { BankSummary, UserEdit } from "../ipc/bindings";
import { passwordRule } from "../words/terms";
import { type EditedPassword, passwordMember } from "./edit";
import { fulfils, type PasswordContext } from "./password";

type Entry = { chosen: boolean; value: string; again: string };

const empty = (): Entry => ({ chosen: false, value: "", again: "" });

/** The new passwords of a user as an administrator types them: each is set only if it is chosen (S3-17, S4-7). */
export class NewPasswords {
  readonly entries: Record<EditedPassword, Entry> = $state({
    login: empty(),
    confirmation: empty(),
    approval: empty(),
    transfer: empty(),
  });

  /** Chooses a password to be set, or not; what was typed of it is forgotten. */
  choose(kind: EditedPassword, chosen: boolean): void {
    this.entries[kind] = { ...empty(), chosen };
  }

  /** What a candidate is compared with, for the user of that login ID. */
  context(user: string): PasswordContext {
    const { login } = this.entries;
    return { userId: user, loginPassword: login.chosen ? login.value : "" };
  }

  /** Returns whether each chosen password of those kinds was typed twice alike and fulfils the bank's rule. */
  complete(kinds: EditedPassword[], bank: BankSummary, user: string): boolean {
    return this.#chosen(kinds).every((kind) => {
      const rule = passwordRule(bank, kind);
      const { value, again } = this.entries[kind];
      return rule !== undefined && value === again && fulfils(rule, value, this.context(user));
    });
  }

  /** Returns the chosen passwords of those kinds as an edit carries them. */
  edit(kinds: EditedPassword[]): Partial<UserEdit> {
    return Object.fromEntries(this.#chosen(kinds).map((kind) => [passwordMember[kind], this.entries[kind].value]));
  }

  #chosen(kinds: EditedPassword[]): EditedPassword[] {
    return kinds.filter((kind) => this.entries[kind].chosen);
  }
}
