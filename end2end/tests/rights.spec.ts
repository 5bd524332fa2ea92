/** What a role may not do, its screens do not offer. */

import type { Locator } from "@playwright/test";
import { App } from "./pages/app.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

/** H16 */
test("a beautician is offered no way to change a phone, a balance or an A/B/C mark, nor to write down a customer", async ({ device, salon }) => {
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);

  await expect(room.main).toContainText("不在这种设备上显示");
  const correction = room.main.getByRole("button", { name: /^修改/ });
  await expect(correction).toHaveCount(1);
  await expect(correction).toHaveAccessibleName("修改皮肤类型");
  for (const name of ["约到店", "申请删除档案"]) await expect(room.page.getByRole("button", { name })).toHaveCount(0);

  await room.search("");
  await expect(room.page.getByRole("button", { name: "新顾客" })).toHaveCount(0);
  await room.main.press("n");
  await expect(newCustomer(room)).toHaveCount(0);
});

/** H16 */
test("a consultant at the desk changes a phone and a mark, and writes down a customer; nobody changes what the old card said", async ({ device, salon }) => {
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);

  for (const name of ["修改手机", "修改顾客类型 A/B/C"]) await expect(desk.page.getByRole("button", { name, exact: true })).toBeVisible();
  await expect(desk.page.getByRole("button", { name: /修改(原卡余额|以前消费|首次到店|原卡最近到店)/ })).toHaveCount(0);

  await desk.search("");
  await expect(desk.page.getByRole("button", { name: "新顾客" })).toBeVisible();
  await desk.main.press("n");
  await expect(newCustomer(desk)).toBeVisible();
});

function newCustomer(app: App): Locator {
  return app.page.getByRole("dialog", { name: "新顾客" });
}
