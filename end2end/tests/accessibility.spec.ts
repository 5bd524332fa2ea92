/** axe has nothing to object to on any screen of a working day. */

import { App } from "./pages/app.ts";
import { Care } from "./pages/care.ts";
import { expect, expectAccessible, test } from "./support/test.ts";

test("a beautician's screens can be used by everybody", async ({ page, salon }) => {
  const app = new App(page, salon.url);
  await app.open();
  await expect(page.getByRole("button", { name: /^护理室/ })).toBeVisible();
  await expectAccessible(page);

  await app.enrolHere("护理室");
  await expectAccessible(page);
  await app.choose(salon.person("林静"));
  await expect(app.password).toBeVisible();
  await expectAccessible(page);

  await app.signIn(salon.person("林静"));
  // In the evening her last visit is over.
  await expect(app.main.locator(".next-visit, .empty").first()).toBeVisible();
  await expect(app.main.getByRole("heading", { name: /^今天 [1-9]/ })).toBeVisible();
  await expect(app.main.getByText("今天没有您的预约")).toHaveCount(0);
  await expectAccessible(page);

  await app.search("lxy");
  await expect(app.found("林晓雨").first()).toBeVisible();
  await expectAccessible(page);

  await app.found("林晓雨").first().click();
  for (const tab of ["概览", "问诊", "过敏", "护理", "沟通", "联系", "同意"] as const) {
    await app.tab(tab);
    await expectAccessible(page);
  }
  await app.tab("护理");
  await new Care(page).choose("烟酰胺美白精华", "MB2603", "面颊");
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await app.syncMark.click();
  await expect(app.entries).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await app.lock();
  await expectAccessible(page);
});

test("a manager's screens can be used by everybody", async ({ device, salon }) => {
  const { page } = await device("desk");
  const app = new App(page, salon.url);
  await app.comeIn("管理", salon.person("陈静"));

  await page.getByRole("link", { name: "设备", exact: true }).click();
  await expect(page.getByRole("button", { name: "加一台" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "加一台" }).click();
  await expect(page.getByRole("dialog", { name: "加一台设备" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "店面" }).click();
  await expect(page.getByRole("list", { name: "产品" })).toContainText("果酸焕肤液");
  await expectAccessible(page);

  await app.search("林晓雨");
  await app.found("林晓雨").first().click();
  await page.getByRole("button", { name: "约到店" }).click();
  await expect(page.getByRole("dialog", { name: "约到店" })).toBeVisible();
  await expectAccessible(page);
});

test("the dark screens can be read as well", async ({ page, salon }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  const app = new App(page, salon.url);
  await app.comeIn("护理室", salon.person("林静"));
  await expectAccessible(page);
  await app.openFile("林晓雨");
  await expectAccessible(page);
  await app.tab("护理");
  await new Care(page).choose("烟酰胺美白精华", "MB2603", "面颊");
  await expectAccessible(page);
});
