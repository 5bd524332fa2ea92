/** Two tabs of one browser, and two tablets that are out of touch with one another. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

/** F29 */
test("two tabs of one browser write at once, and everything is in the salon once", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const desk = await device("desk");
  const one = new App(desk.page, salon.url);
  await one.comeIn("前台", salon.person("李婉清"));
  const two = await one.anotherTab();
  await two.signIn(salon.person("李婉清"));
  for (const tab of [one, two]) await tab.openFile(HER);

  await Promise.all([one.write("爱好", "书法"), two.write("饮食习惯", "不吃辣")]);
  for (const tab of [one, two]) {
    await expect(tab.fact("爱好")).toContainText("书法");
    await expect(tab.fact("饮食习惯")).toContainText("不吃辣");
    await tab.tab("沟通");
  }
  await Promise.all([one.writeNote("第一个窗口写的"), two.writeNote("第二个窗口写的")]);
  for (const tab of [one, two]) {
    await expect(tab.note("第一个窗口写的")).toHaveCount(1);
    await expect(tab.note("第二个窗口写的")).toHaveCount(1);
    await tab.tab("概览");
  }
  await Promise.all([one.pick("皮肤类型", "油性"), two.pick("皮肤类型", "干性")]);
  for (const tab of [one, two]) await expect(tab.syncMark).toHaveAccessibleName(/已全部保存/);

  const [held] = await one.fact("皮肤类型").allInnerTexts();
  expect(held).toMatch(/油性|干性/);
  await expect(two.fact("皮肤类型")).toHaveText(held ?? "");
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

/** F29 */
test("one of two tabs leads, and when it is closed the other one leads and goes on sending", async ({ device, salon }) => {
  const desk = await device("desk");
  const one = new App(desk.page, salon.url);
  await one.comeIn("前台", salon.person("李婉清"));
  const two = await one.anotherTab();
  await two.signIn(salon.person("李婉清"));
  await two.openFile(HER);
  await two.tab("沟通");
  expect(await one.leads()).toBe(true);
  expect(await two.leads()).toBe(false);
  expect(await leaders(two)).toBe(1);

  await one.page.close();
  await expect.poll(() => two.leads()).toBe(true);
  expect(await leaders(two)).toBe(1);
  await two.writeNote("另一个窗口关了以后写的");

  await expect(two.saved).toBeVisible();
  await expect(two.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(two.note("另一个窗口关了以后写的")).toHaveCount(1);
});

/** F30 */
test("a leading tab that stands still loses the lead to the one in sight within ten seconds", async ({ device, salon }) => {
  const desk = await device("desk");
  const one = new App(desk.page, salon.url);
  await one.comeIn("前台", salon.person("李婉清"));
  const two = await one.anotherTab();
  await two.signIn(salon.person("李婉清"));
  await two.openFile(HER);
  await two.tab("沟通");
  expect(await one.leads()).toBe(true);

  const engine = await desk.context.newCDPSession(one.page);
  await two.page.bringToFront();
  // Its lock stays held, as in a tab that the browser has frozen; a page in sight can't be frozen.
  await engine.send("Debugger.enable");
  await engine.send("Debugger.pause");
  await two.writeNote("另一个窗口停住以后写的");
  await expect.poll(() => two.leads(), { timeout: 10_000 }).toBe(true);
  await expect(two.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(two.note("另一个窗口停住以后写的")).toHaveCount(1);

  await engine.send("Debugger.resume");
  await expect.poll(() => leaders(two)).toBe(1);
});

/** F31, F32 */
test("two tablets without network that write different things into one field are both heard", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const tablets = [await device("tablet"), await device("tablet")] as const;
  const rooms = [new App(tablets[0].page, salon.url), new App(tablets[1].page, salon.url)] as const;
  await rooms[0].comeIn("护理室", salon.person("林静"));
  await rooms[1].comeIn("护理室", salon.person("周小梅"));
  for (const room of rooms) await room.openFile(HER);
  for (const tablet of tablets) await tablet.setOffline(true);

  await rooms[0].pick("皮肤类型", "油性");
  await rooms[0].tab("过敏");
  await rooms[0].addAllergy("果酸");
  await expect(rooms[0].allergy("果酸")).toBeVisible();
  await rooms[1].pick("皮肤类型", "敏感性");
  await rooms[1].tab("沟通");
  await rooms[1].writeNote("两边都写了");
  await expect(rooms[1].saved).toBeVisible();
  for (const tablet of tablets) await tablet.setOffline(false);

  for (const room of rooms) {
    await room.tab("概览");
    await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
    await expect(room.redStrip).toContainText("果酸");
    await expect(room.toCheck("皮肤类型")).toContainText("油性");
    await expect(room.toCheck("皮肤类型")).toContainText("敏感性");
    await room.tab("沟通");
    await expect(room.note("两边都写了")).toHaveCount(1);
    await room.tab("概览");
  }

  await rooms[0].toCheck("皮肤类型").getByRole("button", { name: "用这个：油性" }).click();
  for (const room of rooms) {
    await expect(room.toCheck("皮肤类型")).toHaveCount(0);
    await expect(room.fact("皮肤类型")).toContainText("油性");
  }
  await salon.stop();
});

/** How many tabs of this browser hold the lead. */
async function leaders(tab: App): Promise<number> {
  const { held = [] } = await tab.page.evaluate(() => navigator.locks.query());
  return held.filter(({ name }) => name === "xinyan").length;
}
