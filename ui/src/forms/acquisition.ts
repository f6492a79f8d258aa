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

/** Returns whether the refusal is about the hardware token, and not about the user. */
export function proves(problem: Problem): boolean {
  return PROOF.includes(problem.code);
}

/** Returns whether the user must first register the token (S3-9). */
export function registers(problem: Problem): boolean {
  return problem.code === "token_not_active";
}

/**
 * Returns whether a text is a contract number of that form, however it was typed. The client normalises the text before
 * it sends it. `ContractNumber::is_one` of the profile must return the same for the vectors of
 * `crates/profile/vectors/forms.json`.
 */
export function isContract(text: string, rule: ContractNumber): boolean {
  const number = digits(text);
  return number.length === rule.digits && /^[0-9]*$/.test(number);
}

/** Returns the problem that the client reports for a text that is not a contract number. */
export function asksAgain(rule: ContractNumber): Problem {
  const params = { name: local(rule.name), digits: String(rule.digits) };
  return { code: "contract_number_invalid", params, reference: "" };
}
