import { defineConfig } from "@playwright/test";
import tests from "./playwright.config.ts";

/** Takes the pictures in `screens/` anew: `.tools/end2end --config screens.config.ts`. */
export default defineConfig(tests, { testDir: "screens", outputDir: "test-results/screens", workers: 1, use: { trace: "off" } });
