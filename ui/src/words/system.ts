import type { SystemCode } from "../ipc/bindings";
import { t } from "./words.svelte";

/**
 * Returns the name and the number of an error that the system itself returned. A large number is in hexadecimal, as the
 * documentation of an HRESULT lists it.
 */
export function systemText({ name, number }: SystemCode): string {
  return t("problem-system", { name, number: number > 0xffff ? `0x${number.toString(16)}` : String(number) });
}
