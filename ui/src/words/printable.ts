/**
 * A character that commands, reorders or hides the text beside it, and the ideograph before it, if there is one. Line ends
 * and tabs stay: reports have lines. One variation selector after an ideograph is part of how Japanese names are written.
 */
const deceptive =
  /(\p{Ideographic}\p{Variation_Selector})|(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Returns a text from outside as a page can show it: its deceptive characters are escaped. Only what is shown is escaped:
 * what goes back to the shell goes as it came, since an identifier with an escape in it names nothing.
 */
export function shown<T>(value: T): T {
  return (typeof value === "string" ? value.replace(deceptive, escape) : value) as T;
}

function escape(found: string, written: string | undefined): string {
  return written ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
}
