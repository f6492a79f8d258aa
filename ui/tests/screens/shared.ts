import { readdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import axe from "axe-core";
import { chromium } from "playwright-core";
import type { TestProject } from "vitest/node";
import { policy } from "../policy";

const DIST = new URL("../../dist/", import.meta.url);
const TYPES: Record<string, string> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** The content security policy of the window. */
const POLICY = Object.entries(policy)
  .map(([directive, sources]) => `${directive} ${sources}`)
  .join("; ");

/** The path at which axe is served. A page loads axe faster from there than from the test. */
export const AXE = "/axe.js";

declare module "vitest" {
  export interface ProvidedContext {
    /** The address of the one browser that all files of tests use. */
    browser: string;
    /** The address at which the built UI is served. */
    address: string;
  }
}

/** Starts the parts that all files of tests share: one browser, and the UI as it was when the tests began. */
export default async function shared(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  const [browser, server] = await Promise.all([chromium.launchServer({ executablePath }), serve()]);
  project.provide("browser", browser.wsEndpoint());
  project.provide("address", `http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return async () => {
    server.close();
    await browser.close();
  };
}

/** Serves the built UI on a free port. */
async function serve(): Promise<Server> {
  const files = new Map(
    readdirSync(DIST, { recursive: true, encoding: "utf8" })
      .filter((path) => extname(path) !== "")
      .map((path) => [`/${path}`, readFileSync(new URL(path, DIST))]),
  );
  files.set(AXE, Buffer.from(axe.source));
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const path = pathname === "/" ? "/index.html" : pathname;
    const body = files.get(path);
    if (!body) return response.writeHead(404).end();
    response.writeHead(200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "content-security-policy": POLICY,
      // A browser keeps what it has compiled of a script that it may cache.
      "cache-control": "max-age=3600",
    });
    return response.end(body);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}
