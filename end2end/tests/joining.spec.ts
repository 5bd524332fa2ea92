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
  await office.joining.join(WRITTEN_TWICE);

  await expect(room.redStrip).toContainText("水杨酸");
  await expect(office.main.getByText("这里还显示另一份档案")).toBeVisible();
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
  await office.openFile(WRITTEN_TWICE);
  for (const word of ["水杨酸", "乳胶"]) await expect(office.redStrip).toContainText(word);
  expect(salon.command("verify")).toContain("No differences");
});
