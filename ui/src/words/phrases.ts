import { jaModel, Parser } from "budoux";

/** A longer text is not divided: it is a report or a list, not a sentence. */
const LONGEST = 600;
/** How many divided texts are kept. */
const KEPT = 1000;

const parser = new Parser(jaModel);
const kept = new Map<string, string[]>();
const japanese = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
// Closing marks, iteration and prolonged sound marks, and small kana.
const closing = /^[\p{Pe}\p{Pf}\p{Po}\u3005\u3063\u3083\u3085\u3087\u30c3\u30e3\u30e5\u30e7\u30fc]/u;

/**
 * Returns a Japanese text in phrases, between which a line can end. Returns an empty list for a text that has no
 * Japanese or is too long.
 */
export function phrases(text: string): string[] {
  if (text.length > LONGEST || !japanese.test(text)) return [];
  const known = kept.get(text);
  if (known) return known;
  if (kept.size >= KEPT) kept.clear();
  const found = parser.parse(text).reduce<string[]>(join, []);
  kept.set(text, found);
  return found;
}

/** Adds a part to the phrases, or to the last of them if it cannot begin a line: a counter, a particle, a full stop. */
function join(made: string[], part: string): string[] {
  const last = made.at(-1);
  const alone = /^\s*.?\s*$/u.test(part) || closing.test(part);
  if (last !== undefined && (alone || /\d$/.test(last))) made[made.length - 1] = last + part;
  else made.push(part);
  return made;
}
