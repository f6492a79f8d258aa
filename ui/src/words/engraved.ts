const PARTS = new Intl.DateTimeFormat("en-US", {
  timeZone: "Asia/Tokyo",
  year: "2-digit",
  month: "2-digit",
  day: "2-digit",
});

/** Returns the day of an RFC 3339 time in Japan as it is engraved on a hardware token: MM/DD/YY (S2-1). */
export function engraved(at: string): string {
  return PARTS.format(new Date(at));
}

/** Returns the RFC 3339 time at which a day such as `2025-01-31` begins in Japan. */
export function startOfDay(day: string): string {
  return `${day}T00:00:00+09:00`;
}
