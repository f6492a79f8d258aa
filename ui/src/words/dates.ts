import type { CertificateRow, Language } from "../ipc/bindings";
import { language as spoken, t } from "./words.svelte";

const ZONE = "Asia/Tokyo";

const DATE: Record<Language, Intl.DateTimeFormat> = {
  ja: new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, year: "numeric", month: "long", day: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, year: "numeric", month: "short", day: "numeric" }),
};

const SHORT: Record<Language, Intl.DateTimeFormat> = {
  ja: new Intl.DateTimeFormat("ja-JP", { timeZone: ZONE, month: "long", day: "numeric" }),
  en: new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, month: "short", day: "numeric" }),
};

const YEAR = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, year: "numeric" });

const TIME = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

// What 99991231235959Z says (RFC 5280 §4.1.2.5).
const NO_END = Date.parse("9999-12-31T00:00:00Z");

/** Returns whether that time means "no end". */
export function hasNoEnd(at: string): boolean {
  return Date.parse(at) >= NO_END;
}

/** Returns until when a certificate is valid, and how many days are left if the validity ends. */
export function untilText({ not_after, days_left }: Pick<CertificateRow, "not_after" | "days_left">): string {
  const date = dateText(not_after, spoken());
  return hasNoEnd(not_after) ? date : t("certificate-until", { date, days: days_left });
}

/** Returns the day of an RFC 3339 time in Japan, where the banks are, wherever this PC is. */
export function dateText(at: string, language: Language): string {
  if (hasNoEnd(at)) return t("no-end");
  return DATE[language].format(new Date(at));
}

/** Returns the day and the minute of an RFC 3339 time in Japan. */
export function dateTimeText(at: string, language: Language): string {
  if (hasNoEnd(at)) return t("no-end");
  return `${dateText(at, language)} ${TIME.format(new Date(at))}`;
}

/** Returns the day for lists of recent events: without the year if it is the present year in Japan. */
export function shortDateText(at: string, language: Language, now = new Date()): string {
  const date = new Date(at);
  return YEAR.format(date) === YEAR.format(now) ? SHORT[language].format(date) : DATE[language].format(date);
}

/** Returns the day and the minute for lists of recent events, as {@link shortDateText}. */
export function shortDateTimeText(at: string, language: Language, now = new Date()): string {
  return `${shortDateText(at, language, now)} ${TIME.format(new Date(at))}`;
}
