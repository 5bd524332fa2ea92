/** A customer wants her file gone: asked for at the desk, decided by a manager, gone from every device. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";
/** Her namesake has another one. */
const CARD = "A1001";

test("a file that a manager erases is gone from the desk, the office and the salon's search", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER, CARD);
  await desk.askDeletion("顾客本人来店要求");
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);

  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.search("");
  const waiting = office.main.getByRole("listitem").filter({ hasText: HER }).filter({ hasText: "申请删除" }).first();
  await expect(waiting).toBeVisible();
  await waiting.getByRole("link").click();
  await office.page.getByRole("button", { name: "看过了，删除档案" }).click();
  const dialog = office.page.getByRole("dialog", { name: "删除档案" });
  await expect(dialog).toContainText(HER);
  await dialog.getByRole("radio", { name: "本人要求" }).check({ force: true });
  await dialog.getByRole("button", { name: "删除", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(office.syncMark).toHaveAccessibleName(/已全部保存/);

  for (const screen of [office, desk]) {
    await screen.search(CARD);
    await expect(screen.main.getByText("没有找到")).toBeVisible();
    await expect(screen.main.getByText(HER)).toHaveCount(0);
  }
  // Her file had been opened there, so that a copy of it would have survived a kill.
  await desk.page.reload();
  await desk.signIn(salon.person("李婉清"));
  await desk.search(CARD);
  await expect(desk.main.getByText("没有找到")).toBeVisible();
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

test("a manager who keeps a file says why, and whoever asked reads it", async ({ device, salon }) => {
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.addCustomer("公冶长宁");
  await desk.askDeletion("她说搬家了");
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.openFile("公冶长宁");
  await office.page.getByRole("button", { name: "不删，保留档案" }).click();
  const dialog = office.page.getByRole("dialog", { name: "不删，保留档案" });
  await dialog.getByLabel("为什么保留").fill("还有六次护理没做");
  await dialog.getByRole("button", { name: "不删，保留档案" }).click();
  await expect(dialog).toBeHidden();

  await expect(desk.main.getByText("还有六次护理没做")).toBeVisible();
  await expect(desk.page.getByRole("button", { name: "申请删除档案" })).toBeVisible();
});

test("two people who wrote different things of her put her on the list of whom to look at", async ({ device, salon }) => {
  const [first, second] = [await device("desk"), await device("desk")];
  const apps = [new App(first.page, salon.url), new App(second.page, salon.url)] as const;
  const her = "袁春梅";
  for (const [app, name] of [[apps[0], "李婉清"], [apps[1], "孙若彤"]] as const) {
    await app.comeIn("前台", salon.person(name));
    await app.openFile(her);
  }
  await first.setOffline(true);
  await apps[0].write("工作单位", "梧桐路小学");
  await apps[1].write("工作单位", "梧桐路中学");
  await expect(apps[1].syncMark).toHaveAccessibleName(/已全部保存/);
  await first.setOffline(false);
  await expect(apps[0].toCheck("工作单位")).toBeVisible();

  await apps[1].search("");
  const waiting = apps[1].main.getByRole("listitem").filter({ hasText: her }).filter({ hasText: "有要核对的" }).first();
  await waiting.getByRole("link").click();
  await apps[1].toCheck("工作单位").getByRole("button", { name: /梧桐路小学/ }).click();
  await apps[1].search("");
  await expect(apps[1].main.getByRole("listitem").filter({ hasText: her }).filter({ hasText: "有要核对的" })).toHaveCount(0);
});
