/** Characters that no OpaqueString has: those that are not seen or not assigned, and those that RFC 8264 §9 excludes. */
const NEVER = new RegExp(
  [
    "[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Co}\\p{Cs}\\p{Cn}\\p{Default_Ignorable_Code_Point}]",
    "[\\u1100-\\u11ff\\ua960-\\ua97c\\ud7b0-\\ud7c6\\ud7cb-\\ud7fb]",
    "[\\u302e\\u302f\\u0640\\u07fa\\u3031-\\u3035\\u303b]",
  ].join("|"),
  "u",
);

/** Characters outside the context that allows them (RFC 5892 appendix A.3 to A.6). */
const OUT_OF_CONTEXT = /(^|[^l])\u00b7|\u00b7([^l]|$)|\u0375(\P{Script=Greek}|$)|(^|\P{Script=Hebrew})[\u05f3\u05f4]/u;

/**
 * Returns a password in the form in which the bank compares and counts it, or nothing if a character is not allowed
 * (RFC 8265 §4.2). `PasswordRule::opaque` of the profile must return the same.
 */
export function opaqueString(text: string): string | undefined {
  const normal = text.replace(/\p{Zs}/gu, " ").normalize("NFC");
  const japanese = !normal.includes("・") || /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(normal);
  const oneKindOfDigits = !(/[\u0660-\u0669]/.test(normal) && /[\u06f0-\u06f9]/.test(normal));
  const allowed = !NEVER.test(normal) && !OUT_OF_CONTEXT.test(normal) && japanese && oneKindOfDigits;
  return allowed && normal !== "" ? normal : undefined;
}
