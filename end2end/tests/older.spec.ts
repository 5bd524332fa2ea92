/** What a device leaves with the salon of a long file. */

import { App } from "./pages/app.ts";
import { expect, test } from "./support/test.ts";

const HELD = 20;

test("of a long file the tablet holds the latest notes, and fetches the older ones when they are asked for", async ({ device, salon }) => {
  test.setTimeout(120_000);
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.addCustomer("百里长歌");
  await desk.tab("沟通");
  for (let number = 1; number <= HELD + 2; number++) await desk.writeNote(`第${number}次护理，肤感良好`);
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);

  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile("百里长歌");
  await room.tab("沟通");
  const notes = room.main.locator(".care-note");
  await expect(notes).toHaveCount(HELD);
  await room.page.getByRole("button", { name: "看更早的 2 条" }).click();
  await expect(notes).toHaveCount(HELD + 2);
  await expect(notes.last()).toContainText("第1次护理");
  await expect(room.page.getByRole("button", { name: /^看更早的/ })).toHaveCount(0);
});
