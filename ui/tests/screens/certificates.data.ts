import type {
  CertificateDetails,
  CertificateRow,
  Chosen,
  ImportableKey,
  Problem,
  Renewed,
} from "../../src/ipc/bindings";
import * as data from "./data";

// What the shell reports of certificates, one by one and by the thousand.

export const details = (certificate: CertificateRow, more: Partial<CertificateDetails> = {}): CertificateDetails => ({
  certificate,
  chain: [
    { subject: "CN=OKmate Client CA 1,O=Reference Bank,C=JP", not_after: "2031-04-01T00:00:00Z" },
    { subject: "CN=OKmate Root CA,O=Reference Bank,C=JP", not_after: null },
  ],
  last_login: "2026-11-20T00:12:00Z",
  renewed_from: "2027-10-22T00:00:00Z",
  only_usable: false,
  ...more,
});

/** Returns more certificates than any office has. The list must show them all. */
export const many = (count: number): CertificateRow[] =>
  Array.from({ length: count }, (_, n) => {
    const like = data.rows[n % 10 < 6 ? 0 : n % 5] ?? data.hanako;
    const id = n.toString(16).padStart(64, "0");
    return { ...like, id, fingerprint_sha256: id, serial: id.slice(-16), name: `user${n}`, last_used: false };
  });

/** A file that was chosen to be imported. */
export const chosen: Chosen = { files: [{ number: 0, name: "hanakodt.p12" }], refused: [] };

export const importable = (number: number, certificate: CertificateRow, installed = false): ImportableKey => ({
  number,
  certificate,
  friendly_name: null,
  chain: ["CN=OKmate Client CA 1,O=Reference Bank,C=JP"],
  already_installed: installed,
  same_serial: null,
  unreadable: 0,
  unprotected: false,
});

export const renewed: Renewed = {
  certificate: { ...data.ichiro, id: "e".repeat(64), days_left: 365, renewable: false },
  old: { ...data.ichiro, usable: false, reasons: ["superseded"], renewable: false },
  resumed: false,
  steps: ["key_made", "request_sent", "installed", "bank_notified"],
};

export const problem = (code: Problem["code"], params: Record<string, string> = {}): Problem => ({
  code,
  params,
  reference: "0K4TQ2M8",
});
