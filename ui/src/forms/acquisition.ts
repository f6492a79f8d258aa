import type { ContractNumber, Problem } from "../ipc/bindings";
import { local } from "../words/words.svelte";
import { digits } from "./typed";

// Which part of the page of the acquisition a refusal leads back to.

const PROOF: readonly Problem["code"][] = [
  "otp_required",
  "otp_malformed",
  "otp_wrong",
  "otp_used",
  "token_not_active",
  "token_out_of_step",
  "token_serial_unknown",
  "token_expired",
  "token_activation_too_early",
];

/** Whether the refusal is about the hardware token, and not about who asks. */
export function proves(problem: Problem): boolean {
  return PROOF.includes(problem.code);
}

/** Whether the token has to be registered on the way (S3-9). */
export function registers(problem: Problem): boolean {
  return problem.code === "token_not_active";
}

/**
 * Returns whether a text is a contract number of that form, however it was typed; the client puts it in order before it
 * sends it. Mirrors `ContractNumber::is_one` of the profile by the vectors of `crates/profile/vectors/forms.json`.
 */
export function isContract(text: string, rule: ContractNumber): boolean {
  const number = digits(text);
  return number.length === rule.digits && /^[0-9]*$/.test(number);
}

/** What the client would say to any other. */
export function asksAgain(rule: ContractNumber): Problem {
  const params = { name: local(rule.name), digits: String(rule.digits) };
  return { code: "contract_number_invalid", params, reference: "" };
}
