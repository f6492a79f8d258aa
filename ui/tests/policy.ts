import { readFileSync } from "node:fs";

type Configuration = {
  app: {
    windows: object[];
    withGlobalTauri: boolean;
    security: Record<string, unknown> & { csp: Record<string, string> };
  };
};

/** The shell's configuration. */
export const configuration: Configuration = JSON.parse(
  readFileSync(new URL("../../src-tauri/tauri.conf.json", import.meta.url), "utf8"),
) as Configuration;

/** The window's content security policy, by directive. */
export const policy = configuration.app.security.csp;
