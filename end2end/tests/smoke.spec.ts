import { App } from "./pages/app.ts";
import { expect, test } from "./support/test.ts";

test("the salon opens its file", async ({ page }) => {
  const app = new App(page, "");
  await app.open();

  await expect(page).toHaveTitle(/心颜/);
});
