import { tick } from "svelte";
import type { BankSummary, CertificateAction, Chosen, ManagedUser, TokenLine, TokensRevoked } from "../ipc/bindings";

/** A page with the data that it needs. */
export type View =
  | { page: "start" }
  | { page: "add-bank"; address?: string; user?: string | null }
  | { page: "acquire"; user?: string; contract?: string }
  | { page: "choose" }
  | { page: "password"; certificate: string }
  | { page: "id-login" }
  | { page: "change-passwords" }
  | { page: "passwords-changed" }
  | { page: "token" }
  | { page: "top" }
  | { page: "sessions" }
  | { page: "users"; locked?: boolean }
  | { page: "user"; user: string }
  | { page: "edit-user"; user: string }
  | { page: "user-done"; subject: ManagedUser; done: "edit" | CertificateAction; reissued: boolean; bank: BankSummary }
  | { page: "tokens" }
  | { page: "tokens-revoked"; revoked: TokensRevoked; sharing: TokenLine[] }
  | { page: "resync" }
  | { page: "freeze" }
  | { page: "frozen"; bank: BankSummary | undefined }
  | { page: "certificates" }
  | { page: "certificate"; id: string }
  | { page: "import"; chosen: Chosen }
  | { page: "renew"; certificate: string }
  | { page: "clean-up" }
  | { page: "change-pc" }
  | { page: "paper" }
  | { page: "doctor" }
  | { page: "report" }
  | { page: "settings" };

let views = $state.raw<View[]>([{ page: "start" }]);

/** Returns the page that is shown. */
export function view(): View {
  return views.at(-1) ?? { page: "start" };
}

/** Returns whether there is a page to go back to. */
export function canGoBack(): boolean {
  return views.length > 1;
}

/** Opens a page. The present page can be reached by going back. */
export function go(next: View): void {
  views = [...views, next];
  arrive();
}

/** Opens a page from which one cannot go back: a page of the navigation, or a result. */
export function start(next: View): void {
  views = [next];
  arrive();
}

/** Goes back to the previous page. */
export function back(): void {
  if (!canGoBack()) return;
  views = views.slice(0, -1);
  arrive();
}

/** The field that a page exists for, if it can be filled in. */
const FIRST = "main [data-first]:enabled:not([readonly])";

/** Moves the focus to the field that the first page exists for, if it has one. The window has just opened. */
export function begin(): void {
  void tick().then(() => document.querySelector<HTMLElement>(FIRST)?.focus({ preventScroll: true }));
}

/**
 * Moves the focus to the field that a page exists for, after the page has just opened or changed. If it has none, moves
 * the focus to its title. A screen reader then announces it, and the tab key starts from there.
 */
export function arrive(): void {
  void tick().then(() => {
    const goal = document.querySelector<HTMLElement>(FIRST) ?? document.querySelector<HTMLElement>("h1");
    goal?.focus({ preventScroll: true });
  });
}
