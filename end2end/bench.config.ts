import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** What a person waits for, measured in a real Chromium: `make bench` runs this against the optimised program. */
export default defineConfig(tests, {
  testDir: "bench",
  outputDir: "test-results/bench",
  workers: 1,
  timeout: 600_000,
  // Taking traces would be half of what is measured.
  use: { trace: "off" },
});
