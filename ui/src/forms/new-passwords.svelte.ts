import type { BankSummary, UserEdit } from "../ipc/bindings";
import { passwordRule } from "../words/terms";
import { type EditedPassword, passwordMember } from "./edit";
import { fulfils, type PasswordContext } from "./password";

type Entry = { chosen: boolean; value: string; again: string };

const empty = (): Entry => ({ chosen: false, value: "", again: "" });

/**
 * The new passwords of a user, as an administrator types them. A password is set only if it is chosen (S3-17, S4-7).
 */
export class NewPasswords {
  readonly entries: Record<EditedPassword, Entry> = $state({
    login: empty(),
    confirmation: empty(),
    approval: empty(),
    transfer: empty(),
  });

  /** Chooses a password to be set, or removes the choice. The text that was typed for it is deleted. */
  choose(kind: EditedPassword, chosen: boolean): void {
    this.entries[kind] = { ...empty(), chosen };
  }

  /** Returns the values that a candidate is compared with, for the user with that login ID. */
  context(user: string): PasswordContext {
    const { login } = this.entries;
    return { userId: user, loginPassword: login.chosen ? login.value : "" };
  }

  /** Returns whether each chosen password of these kinds was typed the same twice and follows the bank's rule. */
  complete(kinds: EditedPassword[], bank: BankSummary, user: string): boolean {
    return this.#chosen(kinds).every((kind) => {
      const rule = passwordRule(bank, kind);
      const { value, again } = this.entries[kind];
      return rule !== undefined && value === again && fulfils(rule, value, this.context(user));
    });
  }

  /** Returns the chosen passwords of these kinds as the fields of an edit. */
  edit(kinds: EditedPassword[]): Partial<UserEdit> {
    return Object.fromEntries(this.#chosen(kinds).map((kind) => [passwordMember[kind], this.entries[kind].value]));
  }

  #chosen(kinds: EditedPassword[]): EditedPassword[] {
    return kinds.filter((kind) => this.entries[kind].chosen);
  }
}
