import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const DIST = new URL("../../dist/", import.meta.url);
const files = readdirSync(DIST, { recursive: true, encoding: "utf8" });
const built = (ending: string) =>
  files.filter((file) => file.endsWith(ending)).map((file) => readFileSync(new URL(file, DIST), "utf8"));

it("the built pages hold no script, no style and no address but the app's own", () => {
  const [page, ...others] = built(".html");
  expect(others).toEqual([]);
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
  expect(page).not.toMatch(/<style|\sstyle=|\son\w+=/);
  const addresses = [...(page ?? "").matchAll(/\s(?:src|href)="([^"]*)"/g)].map((match) => match[1] ?? "");
  expect(addresses.length).toBeGreaterThan(1);
  for (const address of addresses) expect(address).toMatch(/^\/assets\/[\w.-]+$/);
});

it("the built scripts make no script of text, and the built styles load nothing from elsewhere", () => {
  const scripts = built(".js");
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) {
    expect(script).not.toMatch(
      /\beval\s*\(|\bnew Function\b|\bFunction\s*\(\s*["'`]|set(?:Timeout|Interval)\(\s*["'`]/,
    );
    expect(script).not.toMatch(/setAttribute\(\s*["'`]style["'`]/);
  }
  for (const style of built(".css")) expect(style).not.toMatch(/@import|url\(\s*["']?(?:https?:|\/\/|data:)/);
});
