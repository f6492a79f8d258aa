import type { Language } from "../ipc/bindings";

const ZONE = "Asia/Tokyo";

const DATE: Record<Language, Intl.DateTimeFormat> = {
  ja: new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, year: "numeric", month: "long", day: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, year: "numeric", month: "short", day: "numeric" }),
};

const SHORT: Record<Language, Intl.DateTimeFormat> = {
  ja: new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, month: "long", day: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, month: "short", day: "numeric" }),
};

const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The day of an RFC 3339 time at the bank, which is in Tokyo wherever this PC is. */
export function dateText(at: string, language: Language): string {
  return DATE[language].format(new Date(at));
}

/** Day and minute of an RFC 3339 time at the bank. */
export function dateTimeText(at: string, language: Language): string {
  return `${dateText(at, language)} ${TIME.format(new Date(at))}`;
}

/** The day without its year, for lists of what happened lately. */
export function shortDateText(at: string, language: Language): string {
  return SHORT[language].format(new Date(at));
}

/** Day and minute without the year, for lists of what happened lately. */
export function shortDateTimeText(at: string, language: Language): string {
  return `${shortDateText(at, language)} ${TIME.format(new Date(at))}`;
}
