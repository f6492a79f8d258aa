import type { SystemCode } from "../ipc/bindings";
import { t } from "./words.svelte";

/** Names the error that the system itself returned. A large number is in hexadecimal, as that of an HRESULT is listed. */
export function systemText({ name, number }: SystemCode): string {
  return t("problem-system", { name, number: number > 0xffff ? `0x${number.toString(16)}` : String(number) });
}
