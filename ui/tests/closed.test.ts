import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { configuration, policy } from "./policy";

const capabilities = new URL("../../src-tauri/capabilities/", import.meta.url);

describe("the window is closed", () => {
  it("by a content security policy without exceptions", () => {
    const { "connect-src": connect, ...others } = policy;
    expect(policy["default-src"]).toBe("'none'");
    // The two ways in which the toolkit reaches the app's own commands.
    expect(connect?.split(" ").sort()).toEqual(["'self'", "http://ipc.localhost", "ipc:"]);
    for (const [directive, sources] of Object.entries(others)) {
      expect(["'none'", "'self'"], directive).toContain(sources);
    }
    for (const directive of ["form-action", "base-uri", "frame-ancestors"]) expect(policy[directive]).toBe("'none'");
  });

  it("by a configuration that loosens nothing", () => {
    expect({ ...configuration.app.security, csp: undefined }).toEqual({
      freezePrototype: true,
      capabilities: ["main"],
    });
    expect(configuration.app.withGlobalTauri).toBe(false);
    // Rust opens the window, with its guard; nothing opens one without.
    expect(configuration.app.windows).toEqual([expect.objectContaining({ label: "main", create: false })]);
  });

  it("to everything of the platform: one capability, for its own pages, which permits nothing", () => {
    const files = readdirSync(capabilities);
    expect(files).toEqual(["main.json"]);
    const capability = JSON.parse(readFileSync(new URL("main.json", capabilities), "utf8")) as object;
    expect({ ...capability, $schema: undefined, description: undefined }).toEqual({
      identifier: "main",
      windows: ["main"],
      permissions: [],
    });
  });
});
