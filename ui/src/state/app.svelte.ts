import {
  type BankSummary,
  type CertificateRow,
  commands,
  type DeletedKey,
  type EntranceId,
  type InterruptedAcquisition,
  type LoggedIn,
  type NextStep,
  type OwnToken,
  type Problem,
  type Role,
  type Settings,
  type SiteSummary,
  type Top,
} from "../ipc/bindings";
import { endsSession, type Outcome, outcome, shutsOut } from "../ipc/call";
import { speak, systemLanguage } from "../words/words.svelte";
import { start, type View } from "./router.svelte";
import { showTextSize } from "./text-size";

/** What several pages share. Never a password. */
class AppState {
  /** The language is known: the frame can be shown. */
  spoken = $state(false);
  /** Everything that the start page shows is known. */
  ready = $state(false);
  settings = $state<Settings | null>(null);
  banks = $state<BankSummary[]>([]);
  /** The sites without a profile. */
  sites = $state<SiteSummary[]>([]);
  /** Name of the bank, or the site, that is chosen. */
  chosen = $state<string | null>(null);
  /** By the bank's name, the entrance that is chosen there, at banks that have several (S3-18). */
  entrances = $state<Record<string, EntranceId>>({});
  /** As many as the store holds: replaced as one, never followed one by one. */
  certificates = $state.raw<CertificateRow[]>([]);
  /** Why they could not be read: then nobody knows what is there. */
  unread = $state<Problem | null>(null);
  interrupted = $state<InterruptedAcquisition[]>([]);
  session = $state<LoggedIn | null>(null);
  /** The top page as it was last read. */
  top = $state<Top | null>(null);
  /** The token of who is logged in, as it was last read. */
  token = $state<OwnToken | null>(null);
  /** The certificate that was acquired last since the window opened. */
  acquired = $state<string | null>(null);
  /** What the last deletion proved. */
  deleted = $state<{ name: string; key: DeletedKey } | null>(null);
  /** What stands over the start page: why the program cannot begin, or why a session ended. */
  problem = $state<Problem | null>(null);
  /** Why the link that was opened last leads nowhere. */
  linkProblem = $state<Problem | null>(null);
  /** The start page says once that the person has logged out. */
  loggedOut = $state(false);
  /** That was because nobody did anything. */
  idledOut = $state(false);
  /** The bank could not be told that the person has logged out. */
  unheard = $state(false);
}

export const app = new AppState();

/** The bank that is chosen. */
export function bank(): BankSummary | undefined {
  return app.banks.find((candidate) => candidate.name === app.chosen);
}

/** The site that is chosen in the place of a bank. */
export function site(): SiteSummary | undefined {
  return app.sites.find((candidate) => candidate.name === app.chosen);
}

/** The entrance that is chosen at the chosen bank; null where there is nothing to choose. */
export function entrance(): EntranceId | null {
  return app.chosen ? (app.entrances[app.chosen] ?? null) : null;
}

/** The bank of the session. */
export function sessionBank(): BankSummary | undefined {
  return app.banks.find((candidate) => candidate.name === app.session?.bank);
}

/** A role of the session's bank. */
export function role(id: string | undefined): Role | undefined {
  return sessionBank()?.profile.roles.find((candidate) => candidate.id === id);
}

/** The role of who is logged in. */
export function ownRole(): Role | undefined {
  return role(app.session?.person.role);
}

// The session is being ended here: whatever else finds it ended meanwhile has nothing to say.
let leaving = false;

/** Runs a command; a session that has ended leads back to the start page, which says so. */
export async function run<T>(command: Promise<Outcome<T>>): Promise<Outcome<T>> {
  const result = await outcome(command);
  if (result.status === "error" && app.session && !leaving && endsSession(result.error)) {
    forget();
    app.problem = result.error;
    start({ page: "start" });
  }
  return result;
}

/** The same inside a session, which some refusals end as well: whoever is shut out is shown why on the start page. */
export async function inSession<T>(command: Promise<Outcome<T>>): Promise<Outcome<T>> {
  const result = await run(command);
  if (result.status === "error" && app.session && shutsOut(result.error)) {
    forget();
    app.problem = result.error;
    start({ page: "start" });
    await loadCertificates();
  }
  return result;
}

/** Reads everything that the start page shows; the frame waits for its language and size only. */
export async function load(): Promise<void> {
  const look = await run(commands.appearance());
  if (look.status === "ok") showTextSize(look.data.text_size);
  else app.problem = look.error;
  speak((look.status === "ok" ? look.data.language : null) ?? systemLanguage(navigator.languages));
  app.spoken = true;
  const [settings] = await Promise.all([run(commands.settings()), loadBanks(), loadInterrupted()]);
  if (settings.status === "ok") app.settings = settings.data;
  else app.problem ??= settings.error;
  await takeUpSession();
  const problem = await loadCertificates();
  app.problem ??= problem;
  app.ready = true;
}

// The page may have been loaded anew: a person who was logged in before is still logged in at the bank.
async function takeUpSession(): Promise<void> {
  if (app.session) return;
  const open = await run(commands.currentSession());
  if (open.status === "error") {
    app.problem ??= open.error;
  } else if (open.data) {
    app.chosen = open.data.bank;
    app.entrances[open.data.bank] = open.data.entrance;
    enter(open.data);
  }
}

/** Reads everything again after a problem. */
export async function reload(): Promise<void> {
  app.problem = null;
  await load();
}

/** Reads the banks and sites; where there is only one, it is chosen. */
export async function loadBanks(): Promise<void> {
  const [banks, sites] = await Promise.all([run(commands.banks()), run(commands.sites())]);
  if (banks.status === "error") app.problem = banks.error;
  else app.banks = banks.data;
  if (sites.status === "error") app.problem = sites.error;
  else app.sites = sites.data;
  if (bank() || site()) return;
  const names = [...app.banks, ...app.sites].map(({ name }) => name);
  app.chosen = names.length === 1 ? (names[0] ?? null) : null;
}

/** Reads the certificates again, judged for the chosen bank and entrance; answers why it could not. */
export async function loadCertificates(): Promise<Problem | null> {
  await findEntrance();
  const rows = await run(commands.certificates(app.chosen, entrance()));
  if (rows.status === "ok") app.certificates = rows.data;
  app.unread = rows.status === "ok" ? null : rows.error;
  return app.unread;
}

/** Reads which acquisitions are still to be finished. */
export async function loadInterrupted(): Promise<void> {
  const interrupted = await run(commands.interruptedAcquisitions());
  if (interrupted.status === "ok") app.interrupted = interrupted.data;
}

/** Chooses an entrance of the chosen bank. */
export async function enterBy(id: EntranceId): Promise<void> {
  if (!app.chosen) return;
  app.entrances[app.chosen] = id;
  app.problem = await loadCertificates();
}

/** Chooses the entrance that a certificate is for (S3-16). */
export async function enterWith(certificate: string): Promise<void> {
  const found = bank();
  if (!found || found.profile.entrances.length < 2) return;
  const fitting = await run(commands.usualEntrance(found.name, certificate));
  if (fitting.status === "ok") await enterBy(fitting.data);
}

/** The certificate that a login would use: the one just acquired, or that of the last login, or the longest-lived. */
export function likely(): CertificateRow | undefined {
  const usable = app.certificates.filter((certificate) => certificate.usable);
  return (
    usable.find((certificate) => certificate.id === app.acquired) ??
    usable.find((certificate) => certificate.last_used) ??
    usable[0]
  );
}

// The one that was used last stands open, until another is chosen.
async function findEntrance(): Promise<void> {
  const found = bank();
  if (!found || app.entrances[found.name] || found.profile.entrances.length < 2) return;
  const usual = await run(commands.usualEntrance(found.name, null));
  const id = usual.status === "ok" ? usual.data : found.profile.entrances[0]?.id;
  if (id) app.entrances[found.name] = id;
}

/** Chooses a bank. */
export async function choose(name: string | null): Promise<void> {
  app.chosen = name;
  app.problem = await loadCertificates();
}

/** What follows a login or a password change. */
export function enter(session: LoggedIn): void {
  app.session = session;
  app.problem = null;
  app.loggedOut = app.idledOut = app.unheard = false;
  start({ page: nextPage[session.next] });
}

/** The page of each step between a login and the top page. */
export const nextPage = {
  password_change: "change-passwords",
  token_activation: "token",
  top: "top",
} as const satisfies Record<NextStep, string>;

/** Ends the session because nobody did anything, before the bank does. */
export async function leaveIdle(): Promise<void> {
  await leave();
  app.loggedOut = false;
  app.idledOut = true;
}

/** Ends the session (S1-15). The window forgets it even where the bank could not be told. */
export async function leave(): Promise<void> {
  const result = await logOut();
  app.problem = result.status === "error" && !endsSession(result.error) ? result.error : null;
  app.unheard = app.problem !== null;
  app.loggedOut = !app.unheard;
  start({ page: "start" });
  await loadCertificates();
}

/** The session has ended with what was done in it. */
export function sessionIsOver(): void {
  forget();
}

/** After an act that has ended the session at the bank, and says so on a page of its own. */
export async function over(next: View): Promise<void> {
  await logOut();
  start(next);
  await loadCertificates();
}

async function logOut(): Promise<Outcome<null>> {
  leaving = true;
  const result = await outcome(commands.logOut());
  forget();
  leaving = false;
  return result;
}

function forget(): void {
  app.session = null;
  app.top = null;
  app.token = null;
}
