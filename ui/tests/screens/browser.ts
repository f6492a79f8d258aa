import type { Browser, BrowserContext, Page } from "playwright-core";
import { expect } from "vitest";
import { layoutFaults } from "./layout";
import { ALL_PICTURES, picture } from "./pictures";
import { AXE } from "./shared";
import { type Answers, stub } from "./stub";

/** A look of the window: its language and its theme. */
export type Look = { language: "ja" | "en"; theme: "light" | "dark" };

export const LOOKS: Look[] = (["ja", "en"] as const).flatMap((language) =>
  (["light", "dark"] as const).map((theme) => ({ language, theme })),
);

/** The size of the window, and the size of its text in percent. */
type Size = { width: number; height: number; text: number };

/** The size with which the window opens. */
const USUAL: Size = { width: 1040, height: 700, text: 100 };

/** The other sizes in which everything must fit: the smallest window, and text that is twice as large (WCAG 1.4.4). */
const TIGHT: Size[] = [
  { width: 800, height: 560, text: 100 },
  { width: 1040, height: 700, text: 200 },
  { width: 800, height: 560, text: 200 },
];

/** Returns the settings that all windows of one look share. */
export function dress(browser: Browser, look: Look): Promise<BrowserContext> {
  return browser.newContext({
    viewport: { width: USUAL.width, height: USUAL.height },
    colorScheme: look.theme,
    reducedMotion: "reduce",
    locale: look.language,
  });
}

/** Opens the window with a shell that gives these answers. */
export async function open(context: BrowserContext, address: string, answers: Answers): Promise<Page> {
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.addInitScript(stub, answers);
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(address);
  await page.waitForSelector("h1");
  return page;
}

/** Returns the selector of an element by its stable name. */
export const at = (name: string) => `[data-test="${name}"]`;

/**
 * Checks the page, and takes the pictures that are wanted. Themes differ only in colours, so the sizes are tried in one
 * theme.
 */
export async function look(page: Page, look: Look, name: string): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ url: AXE });
  expect(await page.evaluate(() => document.documentElement.lang), name).toBe(look.language);
  await judge(page, look, USUAL, name);
  if (look.theme === "light") {
    for (const size of TIGHT) {
      await resize(page, size);
      await judge(page, look, size, name);
    }
    await resize(page, USUAL);
  }
  expect(await page.evaluate(() => window.refused), name).toEqual([]);
}

async function judge(page: Page, look: Look, size: Size, name: string): Promise<void> {
  const file = `${name}-${look.language}-${look.theme}-${size.width}${size.text === 100 ? "" : `-${size.text}`}.png`;
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const results = await axe.run({
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"],
    });
    return results.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join("; ")}`);
  });
  const faults = await page.evaluate(layoutFaults);
  if (ALL_PICTURES || violations.length > 0 || faults.length > 0) await page.screenshot({ path: picture(file) });
  expect.soft(violations, file).toEqual([]);
  expect.soft(faults, file).toEqual([]);
}

async function resize(page: Page, { width, height, text }: Size): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.evaluate(async (percent) => {
    document.documentElement.style.fontSize = percent === 100 ? "" : `${percent}%`;
    // The frame after the next one is laid out in the new size.
    await new Promise((laidOut) => requestAnimationFrame(() => requestAnimationFrame(laidOut)));
  }, text);
}
