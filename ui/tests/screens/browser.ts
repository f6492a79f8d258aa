import axe from "axe-core";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import type { Answers } from "./stub";
import { stub } from "./stub";

const DIST = new URL("../../dist/", import.meta.url);
const OUT = new URL("./out/", import.meta.url);
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** The policy of the window: nothing from outside, nothing inline. */
const POLICY = "default-src 'self'; connect-src ipc: http://ipc.localhost";

/** A look of the window. */
export type Look = { language: "ja" | "en"; theme: "light" | "dark"; width: number; height: number };

export const LOOKS: Look[] = (["ja", "en"] as const).flatMap((language) =>
  (["light", "dark"] as const).flatMap((theme) => [
    { language, theme, width: 1040, height: 700 },
    { language, theme, width: 800, height: 560 },
  ]),
);

export async function launch(): Promise<Browser> {
  mkdirSync(OUT, { recursive: true });
  return chromium.launch({ executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium" });
}

/** Serves the built UI on a free port, as it stood when the checks began. */
export async function serve(): Promise<Server> {
  const files = new Map(
    readdirSync(DIST, { recursive: true, encoding: "utf8" })
      .filter((path) => extname(path) !== "")
      .map((path) => [`/${path}`, readFileSync(new URL(path, DIST))]),
  );
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname === "/" ? "/index.html" : pathname;
    const body = files.get(path);
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "content-security-policy": POLICY,
    });
    return response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** Opens the window in one look, over a shell that answers so. */
export async function open(browser: Browser, server: Server, look: Look, answers: Answers): Promise<Page> {
  const page = await browser.newPage({
    viewport: { width: look.width, height: look.height },
    colorScheme: look.theme,
    reducedMotion: "reduce",
    locale: look.language,
  });
  page.setDefaultTimeout(20_000);
  await page.addInitScript(stub, answers);
  page.on("pageerror", (error) => {
    throw error;
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  await page.waitForSelector("h1");
  return page;
}

/** An element by its stable name. */
export const at = (name: string) => `[data-test="${name}"]`;

/** Keeps a picture of the page and judges it: axe, nothing refused by the policy, nothing cut off sideways. */
export async function look(page: Page, look: Look, name: string): Promise<void> {
  const file = `${name}-${look.language}-${look.theme}-${look.width}.png`;
  await page.screenshot({ path: new URL(file, OUT).pathname });
  await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const results = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
    return results.violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join("; ")}`);
  });
  expect(violations, file).toEqual([]);
  expect(await page.evaluate(() => window.refused), file).toEqual([]);
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("body, main, header, footer, .matter, dialog, nav, button, .card")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1)
      .map((element) => element.outerHTML.slice(0, 160)),
  );
  expect(cut, file).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.lang), file).toBe(look.language);
}
