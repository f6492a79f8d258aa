import { expect, it } from "vitest";
import vectors from "../../crates/profile/vectors/forms.json";
import { isContract } from "../src/forms/acquisition";
import { fulfils, requirements } from "../src/forms/password";
import type { PasswordRule } from "../src/ipc/bindings";

/** For each requirement that a form shows, the faults that the profile's rule finds if the requirement is not met. */
const faultsOf: Record<ReturnType<typeof requirements>[number]["kind"], string[]> = {
  length: ["too_short", "too_long"],
  "exact-length": ["too_short", "too_long"],
  characters: ["character"],
  "opaque-characters": ["character"],
  mixed: ["not_mixed"],
  "unlike-user-id": ["like_user_id"],
  "unlike-login-password": ["like_login_password"],
};

it.each(vectors.passwords)(
  "S1-9, S1-10: a form finds the faults of a password that the bank finds: $rule",
  (vector) => {
    const rule = vector.rule as PasswordRule;
    const context = { userId: vector.user_id, loginPassword: vector.login_password };
    for (const { typed, faults } of vector.candidates) {
      const shown = requirements(rule, typed, context);
      const unmet = shown.filter(({ met }) => !met).map(({ kind }) => kind);
      expect(unmet, typed).toEqual(
        shown.map(({ kind }) => kind).filter((kind) => faultsOf[kind].some((fault) => faults.includes(fault))),
      );
      expect(fulfils(rule, typed, context), typed).toBe(faults.length === 0);
    }
  },
);

it("S3-10: a form takes the contract numbers that the bank takes", () => {
  const { digits, valid, invalid } = vectors.contract_numbers;
  const rule = { name: { ja: "契約者ID", en: "Contract ID" }, digits };
  expect(valid.filter((number) => !isContract(number, rule))).toEqual([]);
  expect(invalid.filter((number) => isContract(number, rule))).toEqual([]);
});
