/** Digits as they were meant: half-width, without the blanks and hyphens that are printed or copied between them. */
export function digits(text: string): string {
  return text.normalize("NFKC").replace(/[\s\u200b-\u200f\u2060\ufeff\u00ad\u2010-\u2015\u2212\u30fc-]/gu, "");
}
