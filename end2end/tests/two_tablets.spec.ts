/** What one device records, the others show. */

import { App } from "./pages/app.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

test("what is written in the room is read at the desk while she is still in the chair, and the other way round", async ({ device, salon }) => {
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  for (const screen of [room, desk]) {
    await screen.openFile(HER);
    await screen.tab("沟通");
  }

  await room.writeNote("颧骨有点干，换了厚一点的面膜");
  await expect(desk.note("换了厚一点的面膜")).toHaveCount(1);

  await desk.tab("过敏");
  await desk.addAllergy("乳胶");
  await expect(room.redStrip).toContainText("乳胶");

  for (const screen of [room, desk]) await expect(screen.syncMark).toHaveAccessibleName(/已全部保存/);
});

test("a new customer at the desk can be found in the room at once", async ({ device, salon }) => {
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("周小梅"));
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("孙若彤"));
  await room.search("欧阳清荷");

  await desk.addCustomer("欧阳清荷");

  await expect(room.found("欧阳清荷")).toHaveCount(1);
});
