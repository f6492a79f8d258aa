import {
  type BankSummary,
  type CertificateRow,
  commands,
  type DeletedKey,
  type EntranceId,
  type InterruptedAcquisition,
  type Problem,
  type SiteSummary,
} from "../ipc/bindings";
import { outcome } from "../ipc/call";
import { banner } from "./banner.svelte";

/** The banks, sites and certificates on this PC, and which of them are chosen. */
class Catalogue {
  banks = $state<BankSummary[]>([]);
  /** The sites without a profile. */
  sites = $state<SiteSummary[]>([]);
  /** Name of the bank, or the site, that is chosen. */
  chosen = $state<string | null>(null);
  /** By the bank's name, the entrance that is chosen there, at banks that have several (S3-18). */
  entrances = $state<Record<string, EntranceId>>({});
  /** As many as the store holds: replaced as one, never followed one by one. */
  certificates = $state.raw<CertificateRow[]>([]);
  /** Why the certificates could not be read: then it is not known what is there. */
  unread = $state<Problem | null>(null);
  /** The acquisitions that are still to be finished. */
  interrupted = $state<InterruptedAcquisition[]>([]);
  /** The certificate that was acquired last since the window opened. */
  acquired = $state<string | null>(null);
  /** What the last deletion proved. */
  deleted = $state<{ name: string; key: DeletedKey } | null>(null);

  /** The bank that is chosen. */
  get bank(): BankSummary | undefined {
    return this.banks.find((candidate) => candidate.name === this.chosen);
  }

  /** The site that is chosen in the place of a bank. */
  get site(): SiteSummary | undefined {
    return this.sites.find((candidate) => candidate.name === this.chosen);
  }

  /** The entrance that is chosen at the chosen bank; null if there is nothing to choose. */
  get entrance(): EntranceId | null {
    return this.chosen ? (this.entrances[this.chosen] ?? null) : null;
  }

  /** The certificate that a login would use: the one just acquired, or that of the last login, or the longest-lived. */
  get likely(): CertificateRow | undefined {
    const usable = this.certificates.filter((certificate) => certificate.usable);
    return (
      usable.find((certificate) => certificate.id === this.acquired) ??
      usable.find((certificate) => certificate.last_used) ??
      usable[0]
    );
  }

  /** Reads the banks and sites; if there is only one, chooses it. */
  async loadBanks(): Promise<void> {
    const [banks, sites] = await Promise.all([outcome(commands.banks()), outcome(commands.sites())]);
    if (banks.status === "error") banner.problem = banks.error;
    else this.banks = banks.data;
    if (sites.status === "error") banner.problem = sites.error;
    else this.sites = sites.data;
    if (this.bank || this.site) return;
    const names = [...this.banks, ...this.sites].map(({ name }) => name);
    this.chosen = names.length === 1 ? (names[0] ?? null) : null;
  }

  /** Reads the certificates again, judged for the chosen bank and entrance; returns why it could not. */
  async loadCertificates(): Promise<Problem | null> {
    await this.#findEntrance();
    const rows = await outcome(commands.certificates(this.chosen, this.entrance));
    if (rows.status === "ok") this.certificates = rows.data;
    this.unread = rows.status === "ok" ? null : rows.error;
    return this.unread;
  }

  /** Reads which acquisitions are still to be finished. */
  async loadInterrupted(): Promise<void> {
    const interrupted = await outcome(commands.interruptedAcquisitions());
    if (interrupted.status === "ok") this.interrupted = interrupted.data;
  }

  /** Chooses a bank or a site by its name. */
  async choose(name: string | null): Promise<void> {
    this.chosen = name;
    banner.problem = await this.loadCertificates();
  }

  /** Chooses an entrance of the chosen bank. */
  async chooseEntrance(id: EntranceId): Promise<void> {
    if (!this.chosen) return;
    this.entrances[this.chosen] = id;
    banner.problem = await this.loadCertificates();
  }

  /** Chooses the entrance that a certificate is for (S3-16). */
  async chooseEntranceFor(certificate: string): Promise<void> {
    const found = this.bank;
    if (!found || found.profile.entrances.length < 2) return;
    const fitting = await outcome(commands.usualEntrance(found.name, certificate));
    if (fitting.status === "ok") await this.chooseEntrance(fitting.data);
  }

  // The entrance that was used last is chosen, until another one is.
  async #findEntrance(): Promise<void> {
    const found = this.bank;
    if (!found || this.entrances[found.name] || found.profile.entrances.length < 2) return;
    const usual = await outcome(commands.usualEntrance(found.name, null));
    const id = usual.status === "ok" ? usual.data : found.profile.entrances[0]?.id;
    if (id) this.entrances[found.name] = id;
  }
}

export const catalogue = new Catalogue();
