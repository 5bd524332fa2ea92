/** A salon that begins: its rooms and services, its own customers, and what must not be done twice or taken away. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const PASSWORD = "corgi-lantern-58";

test("rooms and services that a manager adds can be chosen when somebody is expected", async ({ device }) => {
  const salon = await Salon.open();
  const office = new App((await device("desk")).page, salon.url);
  await office.setUp(salon.setUpLink, PASSWORD);
  const beautician = salon.addPerson("林静", "美容师");
  await office.page.getByRole("link", { name: "店面" }).click();
  await office.page.getByRole("button", { name: "加一间" }).click();
  const room = office.page.getByRole("dialog", { name: "房间" });
  await room.getByRole("button", { name: "保存" }).click();
  await expect(room.getByRole("textbox", { name: /名称/ })).toHaveAttribute("aria-invalid", "true");
  await room.getByLabel("名称").fill("玉兰");
  await room.getByRole("button", { name: "保存" }).click();
  await expect(room).toBeHidden();
  await office.page.getByRole("button", { name: "加一项" }).click();
  const service = office.page.getByRole("dialog", { name: "项目" });
  await service.getByLabel("名称").fill("补水修护");
  await service.getByLabel("要多少分钟").fill("六十");
  await service.getByRole("button", { name: "保存" }).click();
  await expect(service).toContainText("1 到 600");
  await service.getByLabel("要多少分钟").fill("75");
  await service.getByRole("button", { name: "保存" }).click();
  await expect(service).toBeHidden();
  await expect(office.page.getByRole("list", { name: "项目" })).toContainText("75 分钟");
  await office.page.getByRole("button", { name: "修改玉兰" }).click();
  await room.getByLabel("名称").fill("玉兰厅");
  await room.getByRole("button", { name: "保存" }).click();

  await office.addCustomer("司马南乔");
  await office.page.getByRole("button", { name: "约到店" }).click();
  const visit = office.page.getByRole("dialog", { name: "约到店" });
  await visit.getByLabel("美容师").selectOption({ label: beautician.name });
  await visit.getByLabel("房间").selectOption({ label: "玉兰厅" });
  await visit.getByLabel("项目").selectOption({ index: 1 });
  await visit.getByRole("button", { name: "约好" }).click();
  await expect(visit).toBeHidden();
  await expect(office.main).toContainText("补水修护");
  await expect(office.main).toContainText("玉兰厅");
  await expect(office.syncMark).toHaveAccessibleName(/已全部保存/);
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

test("somebody whose file is only in the salon is told of before she is written down a second time", async ({ device }) => {
  test.setTimeout(120_000);
  const salon = await Salon.open({ isDemo: true });
  const many = Array.from({ length: 2_050 }, (_, n) => `顾客${n},1997${String(n).padStart(7, "0")},2026-10-01`);
  const sheet = join(salon.data, "customers.csv");
  writeFileSync(sheet, ["姓名,手机,最近到店", ...many, "皇甫独一,19971112222,2001-01-01"].join("\n"));
  salon.command("import", "customers", sheet);
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.search("皇甫独一");
  await expect(desk.found("皇甫独一")).toHaveCount(0);
  await expect(desk.main.getByRole("link", { name: /皇甫独一/ })).toBeVisible();
  await expect(desk.main.getByText("没有找到")).toHaveCount(0);

  await desk.search("");
  await desk.page.getByRole("button", { name: "新顾客" }).click();
  const dialog = desk.page.getByRole("dialog", { name: "新顾客" });
  await dialog.getByLabel("姓名").fill("黄小姐");
  await dialog.getByLabel("手机").fill("１９９７１１１２２２２");
  await expect(dialog.getByRole("link", { name: /皇甫独一/ })).toBeVisible();
  await salon.stop();
});

test("nobody takes a demo away under those who work in it", async () => {
  const salon = await Salon.open({ isDemo: true });
  expect(() => salon.command("demo", "wipe")).toThrow(/In use/);
  expect(() => salon.command("serve", "--demo", "--listen", "127.0.0.1:0")).toThrow(/In use/);
  await salon.close();
  expect(salon.command("demo", "wipe")).toContain("The demo salon is gone");
  await salon.stop();
});

test("what is no substance is not taken for an allergy", async ({ device, salon }) => {
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile("林晓雨", "A1001");
  await desk.tab("过敏");
  await desk.addAllergy("没有过敏");
  await expect(desk.page.getByRole("dialog", { name: "加一项过敏" })).toContainText("就在“问诊”里答“没有”");
});
