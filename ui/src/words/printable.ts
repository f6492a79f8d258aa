/**
 * A character that controls, reorders or hides the text beside it, with the ideograph before it, if there is one. One
 * variation selector after an ideograph does not count, since Japanese names are written so.
 */
const deceptive =
  /(\p{Ideographic}[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}])|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Returns a value from outside as a page can show it in one line: its deceptive characters are escaped, line ends and
 * tabs too. Only values that are shown are escaped. A value that goes back to the shell stays unchanged, since an
 * escaped identifier would not match.
 */
export function shown<T>(value: T): T {
  return (typeof value === "string" ? value.replace(deceptive, escape) : value) as T;
}

/** Returns a text of several lines as a page can show it. Its line ends and tabs stay. */
export function shownLines(text: string): string {
  return text
    .split(/([\n\t])/u)
    .map((part) => (part === "\n" || part === "\t" ? part : shown(part)))
    .join("");
}

function escape(found: string, written: string | undefined): string {
  return written ?? `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`;
}
