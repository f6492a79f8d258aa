import { defineConfig } from "vitest/config";

// One browser at a time: the machine it runs on is shared.
export default defineConfig({
  test: { include: ["tests/screens/*.test.ts"], fileParallelism: false, testTimeout: 60_000, hookTimeout: 60_000 },
});
