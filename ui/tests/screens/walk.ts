import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { at, dress, LOOKS, look, type Look, open } from "./browser";
import * as data from "./data";
import type { Answers } from "./stub";

/** Checks the page, and takes a picture under that name if pictures are wanted. */
type See = (name: string) => Promise<void>;

/** Opens the window with a shell that gives these answers, and takes these steps in it. */
export type Walk = (more: Answers, steps: (page: Page, see: See) => Promise<void>) => Promise<void>;

/** Returns an answer of the shell that is not a problem. */
export const ok = (value: unknown) => ({ ok: value });

/** An answer that never comes, so the page waits forever. */
export const never = { never: true as const };

/** Returns the calls of that command that the page has sent. */
export const calls = (page: Page, command: string) =>
  page.evaluate((name) => window.calls.filter((call) => call.command === name).map((call) => call.args), command);

/** Makes each check of a file in every look. */
export function inEveryLook(checks: (walk: Walk, as: Look) => void): void {
  let browser: Browser | undefined;

  beforeAll(async () => {
    browser = await chromium.connect(inject("browser"));
  });

  afterAll(async () => {
    await browser?.close();
  });

  describe.each(LOOKS)("$language $theme", (as) => {
    let context: BrowserContext;

    beforeAll(async () => {
      if (!browser) throw new Error("no browser");
      context = await dress(browser, as);
    });

    afterAll(() => context.close());

    checks(async (more, steps) => {
      const page = await open(context, inject("address"), answers(as.language, more));
      try {
        await steps(page, (name) => look(page, as, name));
      } finally {
        await page.close();
      }
    }, as);
  });
}

/** Logs in with the certificate that the start page shows. */
export async function logIn(page: Page): Promise<void> {
  await page.click(at("login-certificate"));
  await page.fill(at("password"), "Hanako2026");
  await page.click(at("password-submit"));
}

function answers(language: Look["language"], more: Answers): Answers {
  return {
    appearance: [ok({ language, text_size: "100", theme: "system" })],
    settings: [ok(data.settings(language))],
    banks: [ok([data.okmate])],
    sites: [ok([])],
    certificates: [ok(data.rows)],
    interrupted_acquisitions: [ok([])],
    interrupted_renewals: [ok([])],
    watch_drops: [ok(null)],
    current_session: [ok(null)],
    put_import_file_away: [ok(null)],
    log_in_with_certificate: [ok(data.session)],
    log_in_with_id: [ok(data.session)],
    top: [ok(data.top)],
    notice: [ok(data.notice)],
    users: [ok(data.users)],
    log_out: [ok(null)],
    open_in_browser: [ok(null)],
    stay_logged_in: [ok(null)],
    reminders: [ok({ on: true, due: [{ certificate: data.ichiro, threshold: 30 }] })],
    set_reminders: [ok(null)],
    ask_revocation: [ok([])],
    set_asks_revocation: [ok(null)],
    subscribe: [ok(null)],
    set_language: [ok(null)],
    set_theme: [ok(null)],
    proxy: [ok("system")],
    stores: [ok(data.stores)],
    unreadable_certificates: [ok([])],
    remembered: [ok(data.remembered)],
    ...more,
  };
}
