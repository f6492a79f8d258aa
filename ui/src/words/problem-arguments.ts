import type { FluentVariable } from "@fluent/bundle";
import type { Language } from "../ipc/bindings";

// The parameters of problems are texts. `crates/protocol/src/text_parameter.rs` has the same lists.

/** The parameters that are dates. A parameter with another name can be a name that looks like a date. */
const DATES = new Set([
  ...[
    "again",
    "at",
    "begun",
    "date",
    "from",
    "here",
    "issued",
    "now",
    "on",
    "since",
    "there",
    "today",
    "until",
    "used",
  ],
]);

/** The parameters that are numbers of things, days, characters or yen. */
export const NUMBERS = new Set([
  ...[
    "alarm",
    "amount",
    "change",
    "count",
    "days",
    "digits",
    "exceptions",
    "iterations",
    "length",
    "limit",
    "max",
    "min",
    "minutes",
  ],
  ...["most", "of"],
]);

const DAY: Record<Language, Intl.DateTimeFormat> = {
  ja: new Intl.DateTimeFormat("ja-JP", { timeZone: "UTC", year: "numeric", month: "long", day: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", year: "numeric", month: "short", day: "numeric" }),
};

/** Returns a parameter of a problem as a text shows it: a date as banks print it, a number with its plural. */
export function problemArgument(name: string, value: string, language: Language): FluentVariable {
  if (NUMBERS.has(name) && /^\d{1,15}$/.test(value)) return Number(value);
  const [, day, clock] = (DATES.has(name) && /^(\d{4}-\d\d-\d\d)( \d\d:\d\d(?::\d\d)?)?$/.exec(value)) || [];
  const at = day === undefined ? NaN : Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) ? value : `${DAY[language].format(at)}${clock ?? ""}`;
}
