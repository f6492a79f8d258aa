import type { CertificateRow } from "../ipc/bindings";
import { t } from "./words.svelte";

/** The longest serial number that is shown as a whole in a list, in characters. */
const LONGEST = 12;

/** Returns the serial number for a list: its beginning and its end if it is long. */
export function shortSerial({ serial }: Pick<CertificateRow, "serial">): string {
  return serial.length > LONGEST
    ? t("serial-short", { head: serial.slice(0, 4), tail: serial.slice(-4) })
    : t("serial-whole", { serial });
}
