/** Two files of one person: a manager shows them as one, and takes them apart again. */

import { App } from "./pages/app.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";
/** Her namesake has another card. */
const CARD = "A1001";
const WRITTEN_TWICE = "林小雨";

test("a file that was made twice is shown as one, with every allergy, and is two again when that was a mistake", async ({
  device,
  salon,
}) => {
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.addCustomer(WRITTEN_TWICE);
  await office.tab("过敏");
  await office.addAllergy("水杨酸");
  const second = office.page.url();
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER, CARD);
  await expect(room.redStrip).not.toContainText("水杨酸");

  await office.openFile(HER, CARD);
  const dialog = await office.joining.choose(WRITTEN_TWICE);
  await expect(dialog.getByRole("row", { name: /姓名/ })).toContainText(`${WRITTEN_TWICE}不一样`);
  await dialog.getByRole("button", { name: "合并显示" }).click();
  await expect(dialog).toBeHidden();

  await expect(room.redStrip).toContainText("水杨酸");
  await expect(office.main.getByText(`这里还显示“${WRITTEN_TWICE}”的档案`)).toBeInViewport();
  // The two names differ: a person says which is right.
  await office.toCheck("姓名").getByRole("button", { name: HER }).click();
  await expect(office.toCheck("姓名")).toHaveCount(0);
  await office.search(WRITTEN_TWICE);
  await expect(office.main.getByRole("link", { name: HER })).toBeVisible();
  await office.page.goto(second);
  await office.signIn(salon.person("陈静"));
  await expect(office.main.getByText("这份档案现在显示在另一份里")).toBeVisible();
  await office.main.getByRole("link", { name: "打开那一份" }).click();

  // Said while nobody knew that they are two: whose it is can't be told, so both keep it.
  await room.tab("过敏");
  await room.addAllergy("乳胶");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(office.redStrip).toContainText("乳胶");
  const parting = await office.joining.beginParting();
  await expect(parting).toContainText("乳胶");
  await parting.getByRole("button", { name: "分开" }).click();
  await expect(parting).toBeHidden();
  await expect(room.redStrip).not.toContainText("水杨酸");
  await expect(room.redStrip).toContainText("乳胶");

  // Each asks whose it is, and names who heard it.
  const doubt = office.main.getByRole("status").filter({ hasText: "还没问是谁的" });
  await expect(doubt).toContainText(/乳胶（林静/);
  await doubt.getByRole("link", { name: "看那一份" }).click();
  await expect(office.page.getByRole("heading", { level: 1 })).toHaveText(WRITTEN_TWICE);
  for (const word of ["水杨酸", "乳胶"]) await expect(office.redStrip).toContainText(word);
  await expect(doubt).toContainText(/乳胶（林静/);
  await doubt.getByRole("button", { name: "都问过了" }).click();
  await expect(doubt).toHaveCount(0);
  await office.openFile(HER, CARD);
  await expect(doubt).toBeVisible();
  expect(salon.command("verify")).toContain("No differences");
});

test("whoever is writing into a file while it is joined to another finishes what she writes", async ({ device, salon }) => {
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.addCustomer("钱来弟");
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile("钱来弟");
  await room.tab("沟通");
  const words = room.page.getByRole("textbox", { name: "记一笔" });
  await words.fill("她说上次用的面膜有点紧");

  await office.openFile("林晓雨", CARD);
  await office.joining.join("钱来弟");

  await expect(room.main.getByText("这份档案现在显示在另一份里")).toBeVisible();
  await expect(words).toHaveValue("她说上次用的面膜有点紧");
  await room.page.getByRole("button", { name: "记下", exact: true }).click();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await office.tab("沟通");
  await expect(office.note("她说上次用的面膜有点紧")).toHaveCount(1);
});

test("two who have different numbers and birthdays are not joined without a warning", async ({ device, salon }) => {
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  for (const [name, phone, birthday] of [["祝英台", "19970008801", "1990-03-01"], ["祝映台", "19970008802", "1991-04-02"]] as const) {
    await office.addCustomer(name);
    await office.write("手机", phone);
    await office.write("生日", birthday);
  }

  const dialog = await office.joining.choose("祝英台");

  await expect(dialog.getByRole("row", { name: /手机/ })).toContainText("19970008801");
  await expect(dialog.getByText("可能是两个人")).toBeInViewport();
  await expect(dialog.getByRole("button", { name: "合并显示" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: "问过她本人，是同一个人" }).check();
  await dialog.getByRole("button", { name: "合并显示" }).click();
  await expect(office.main.getByText("“祝英台”的档案")).toBeVisible();
});

test("an allergy that she tells a tablet without network is in both files, although they were taken apart meanwhile", async ({ device, salon }) => {
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  const [hers, other] = ["上官清秋", "上官秋清"];
  for (const name of [other, hers]) await office.addCustomer(name);
  await office.joining.join(other);
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(hers);
  await room.tab("过敏");
  await expect(room.main.getByText(`“${other}”的档案`)).toBeVisible();
  await tablet.setOffline(true);
  await room.addAllergy("乳胶");
  await expect(room.redStrip).toContainText("乳胶");

  const parting = await office.joining.beginParting();
  await parting.getByRole("button", { name: "分开" }).click();
  await expect(parting).toBeHidden();
  await tablet.setOffline(false);

  const doubt = office.main.getByRole("status").filter({ hasText: "还没问是谁的" });
  await expect(doubt).toContainText(/乳胶（林静/);
  await office.openFile(other);
  await expect(office.redStrip).toContainText("乳胶");
  await expect(doubt).toContainText(/乳胶（林静/);
  expect(salon.command("verify")).toContain("No differences");
});
