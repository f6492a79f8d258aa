/** How long before the end a person is warned. */
export const WARNING = 60_000;
/** The bank hears no more often than this that the person is at work. */
export const TOUCH = 60_000;

/** What is to be done now. */
export type Watch = { act: "none" | "touch" | "warn" | "leave"; seconds: number };

/**
 * What an idle session needs at the time `now`: the bank was last touched at `touched`, the person last did something at
 * `active`, and the bank ends the session after `limit` without a request. All in milliseconds.
 */
export function watch(now: number, touched: number, active: number, limit: number): Watch {
  const left = touched + limit - now;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  if (left <= 0) return { act: "leave", seconds };
  // If the limit is short, half of it passes in peace.
  if (left <= Math.min(WARNING, limit / 2)) return { act: "warn", seconds };
  return { act: active > touched && now - touched >= TOUCH ? "touch" : "none", seconds };
}

/** Whether a number of seconds is said aloud: not every one of them. */
export function isSaid(seconds: number): boolean {
  return seconds === 30 || seconds === 10;
}
