// Mirrors the protocol's own rule by the vectors of `crates/protocol/vectors/typed.json`.

// What neither takes a place nor is part of an ID, as the protocol's own rule has it.
const BLANK = "\\s\\p{Cc}\\u200b-\\u200f\\u202a-\\u202e\\u2060\\ufeff";
const AROUND = new RegExp(`^[${BLANK}]+|[${BLANK}]+$`, "gu");
const HYPHEN = "\\u00ad\\u2010-\\u2015\\u2212\\u30fc\\-";
const BETWEEN = new RegExp(`[${BLANK}${HYPHEN}]`, "gu");

/** Returns a typed login ID in normal form: half-width, without blanks around it. */
export function loginId(text: string): string {
  return text.normalize("NFKC").replace(AROUND, "");
}

/**
 * Returns typed digits in normal form: half-width, without the blanks and hyphens between them that are printed or
 * copied.
 */
export function digits(text: string): string {
  // A mark that stood behind a hyphen may now stand behind a letter, which NFKC makes one letter.
  return text.normalize("NFKC").replace(BETWEEN, "").normalize("NFKC");
}
