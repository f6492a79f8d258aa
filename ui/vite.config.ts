import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The words of problems are the protocol's: one source for the bank, the command line and the window.
const locales = here("../crates/protocol/locales");

export default defineConfig({
  plugins: [svelte()],
  clearScreen: false,
  resolve: { alias: { "@problems": locales, "@phrases": here("./src/parts/controls/Phrases.svelte") } },
  server: { port: 1420, strictPort: true, fs: { allow: [here("."), locales] } },
  build: {
    outDir: "dist",
    // Nothing inline: the window's content security policy allows 'self' only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: { include: ["tests/*.test.ts"] },
});
