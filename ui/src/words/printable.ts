/**
 * A character that controls, reorders or hides the text beside it, with the ideograph before it, if there is one. Line
 * ends and tabs do not count, since reports have lines. One variation selector after an ideograph does not count, since
 * Japanese names are written so.
 */
const deceptive =
  /(\p{Ideographic}\p{Variation_Selector})|(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Returns a value from outside as a page can show it: its deceptive characters are escaped. Only values that are shown
 * are escaped. A value that goes back to the shell stays unchanged, since an escaped identifier would not match.
 */
export function shown<T>(value: T): T {
  return (typeof value === "string" ? value.replace(deceptive, escape) : value) as T;
}

function escape(found: string, written: string | undefined): string {
  return written ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
}
