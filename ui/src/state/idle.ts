/** How long before the end of the session a user is warned, in milliseconds. */
export const WARNING = 60_000;
/** The shortest time between two requests that keep the session open, in milliseconds. */
export const TOUCH = 60_000;

/** The action that an idle session needs, and the seconds that are left. */
export type Watch = { act: "none" | "touch" | "warn" | "leave"; seconds: number };

/**
 * Returns the action that an idle session needs at the time `now`. The last request to the bank was at `touched`, the
 * user last did something at `active`, and the bank ends the session after `limit` without a request. All are in
 * milliseconds.
 */
export function watch(now: number, touched: number, active: number, limit: number): Watch {
  const left = touched + limit - now;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  if (left <= 0) return { act: "leave", seconds };
  // If the limit is short, half of it passes in peace.
  if (left <= Math.min(WARNING, limit / 2)) return { act: "warn", seconds };
  return { act: active > touched && now - touched >= TOUCH ? "touch" : "none", seconds };
}

/** Returns whether a screen reader announces that so many seconds are left. It does not announce every second. */
export function isSaid(seconds: number): boolean {
  return seconds === 30 || seconds === 10;
}
