import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/screens/*.test.ts"],
    globalSetup: "tests/screens/shared.ts",
    // Pages of one browser: more at a time only wait for each other on two processors.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
