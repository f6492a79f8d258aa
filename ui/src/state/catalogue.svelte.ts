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
  /** The name of the bank or the site that is chosen. */
  chosen = $state<string | null>(null);
  /** The chosen entrance of each bank that has several, by the bank's name (S3-18). */
  entrances = $state<Record<string, EntranceId>>({});
  /**
   * The certificates in the store. There may be thousands, so the whole array is replaced and its elements are not
   * tracked.
   */
  certificates = $state.raw<CertificateRow[]>([]);
  /** Why the certificates could not be read. It is then unknown which certificates there are. */
  unread = $state<Problem | null>(null);
  /** The acquisitions that were interrupted and can be continued. */
  interrupted = $state<InterruptedAcquisition[]>([]);
  /** The certificate that was acquired last since the window opened. */
  acquired = $state<string | null>(null);
  /** The result of the last deletion. */
  deleted = $state<{ name: string; key: DeletedKey } | null>(null);

  /** The bank that is chosen. */
  get bank(): BankSummary | undefined {
    return this.banks.find((candidate) => candidate.name === this.chosen);
  }

  /** The site that is chosen, if a site is chosen and not a bank. */
  get site(): SiteSummary | undefined {
    return this.sites.find((candidate) => candidate.name === this.chosen);
  }

  /** The entrance that is chosen at the chosen bank; null if the bank has only one. */
  get entrance(): EntranceId | null {
    return this.chosen ? (this.entrances[this.chosen] ?? null) : null;
  }

  /**
   * The certificate that a login would use: the one that was just acquired, or the one of the last login, or the one
   * that is valid longest.
   */
  get likely(): CertificateRow | undefined {
    const usable = this.certificates.filter((certificate) => certificate.usable);
    return (
      usable.find((certificate) => certificate.id === this.acquired) ??
      usable.find((certificate) => certificate.last_used) ??
      usable[0]
    );
  }

  /** Reads the banks and sites. If there is only one, chooses it. */
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

  /**
   * Reads the certificates again, judged for the chosen bank and entrance. Returns the problem if they cannot be read.
   */
  async loadCertificates(): Promise<Problem | null> {
    await this.#findEntrance();
    const rows = await outcome(commands.certificates(this.chosen, this.entrance));
    if (rows.status === "ok") this.certificates = rows.data;
    this.unread = rows.status === "ok" ? null : rows.error;
    return this.unread;
  }

  /**
   * Asks the CAs whether they have revoked the certificates, if the user allows that. The certificates are shown
   * meanwhile, and are read again if there is a revocation.
   */
  async askRevocation(): Promise<void> {
    const asked = await outcome(commands.askRevocation());
    if (asked.status === "ok" && asked.data.some(({ status }) => status === "revoked")) await this.loadCertificates();
  }

  /** Reads which acquisitions can be continued. */
  async loadInterrupted(): Promise<void> {
    const interrupted = await outcome(commands.interruptedAcquisitions());
    if (interrupted.status === "ok") this.interrupted = interrupted.data;
  }

  /** Chooses the bank or the site that was used last, if it is still there and nothing is chosen. */
  openLast(name: string | null): void {
    if (this.chosen === null && [...this.banks, ...this.sites].some((one) => one.name === name)) this.chosen = name;
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
