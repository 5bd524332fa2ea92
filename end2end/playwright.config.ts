import { defineConfig } from "@playwright/test";
import { CHROMIUM, FLAGS, SALON_LOCALE, VIEWPORTS } from "./tests/support/chromium.ts";

const isCi = Boolean(process.env["CI"]);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  workers: 2,
  retries: 0,
  forbidOnly: isCi,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    ...SALON_LOCALE,
    ...VIEWPORTS.tablet,
    launchOptions: { executablePath: CHROMIUM, args: FLAGS },
    trace: "retain-on-failure",
    actionTimeout: 20_000,
  },
});
