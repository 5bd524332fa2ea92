/** Killed in the middle: what was called saved is in the salon once; what was not is never called so. */

import { App } from "./pages/app.ts";
import { hangAfterRows, holdWritesWhenAsked, isComplete, rowsKept, watchForSaved } from "./support/page.ts";
import { Proxy } from "./support/proxy.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

/** F10 */
test("a note survives a kill right after it was called saved", async ({ device, salon }) => {
  const tablet = await device("tablet");
  let room = new App(tablet.page, salon.url);
  await room.enrolHere("护理室");
  await room.signIn(salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await tablet.setOffline(true);

  await room.writeNote("下巴有两颗新痘，没有挤");
  await expect(room.saved).toBeVisible();
  await tablet.killAndStart();

  room = await App.openedBy(salon.person("林静"), tablet.page, salon.url);
  await room.openFile(HER);
  await room.tab("沟通");
  await expect(room.note("下巴有两颗新痘")).toHaveCount(1);
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);

  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("沟通");
  await expect(desk.note("下巴有两颗新痘")).toHaveCount(1);
});

test("a tablet whose browser forgot that it belongs to the salon hands in what it holds, without being enrolled again", async ({ device, salon }) => {
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await tablet.setOffline(true);
  await room.writeNote("耳后有一小块红，没有痛");
  await expect(room.saved).toBeVisible();

  await tablet.context.clearCookies();
  await tablet.setOffline(false);

  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("沟通");
  await expect(desk.note("耳后有一小块红")).toHaveCount(1);
  expect((await tablet.context.cookies()).map((cookie) => cookie.name)).toContain("xinyan_device");
});

/** F11 */
test("what a kill cut off in the middle of its writing was never called saved", async ({ device, salon }) => {
  const tablet = await device("tablet");
  await tablet.context.addInitScript(holdWritesWhenAsked);
  await tablet.context.addInitScript(watchForSaved);
  let room = new App(tablet.page, salon.url);
  await room.enrolHere("护理室");
  await room.signIn(salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await room.page.evaluate(() => (window.holdWrites = true));

  await room.writeNote("这句话没有写完");
  await room.page.waitForFunction(() => window.isWriteHeld === true);
  await expect(room.page.getByText("正在保存")).toBeVisible();
  expect(await room.page.evaluate(() => window.saidSaved)).toBe(false);
  await tablet.killAndStart();

  room = await App.openedBy(salon.person("林静"), tablet.page, salon.url);
  await room.openFile(HER);
  await room.tab("沟通");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.note("这句话没有写完")).toHaveCount(0);
});

/** F12 */
test("a tablet killed while it was being filled holds every file that one never killed holds", async ({ device, salon }) => {
  const beautician = salon.person("林静");
  const tablet = await device("tablet");
  await tablet.context.addInitScript(hangAfterRows, 120);
  const cut = new App(tablet.page, salon.url);
  await cut.enrolHere("护理室");
  await cut.choose(beautician);
  await cut.password.fill(beautician.password);
  await cut.page.getByRole("button", { name: "登录", exact: true }).click();
  // The browser takes a few seconds to bring to disk what was written.
  await expect(() => expect(tablet.filesWith("xinyan row ").join()).toContain("Local Storage")).toPass({ timeout: 30_000 });
  await tablet.killAndStart();

  const room = new App(tablet.page, salon.url);
  await room.open();
  const left = await rowsKept(room.page);
  expect(await isComplete(room.page)).toBe(false);
  await room.signIn(beautician);
  const other = new App((await device("tablet")).page, salon.url);
  await other.comeIn("护理室", beautician);

  for (const { page } of [room, other]) await expect.poll(() => isComplete(page)).toBe(true);
  const all = await rowsKept(other.page);
  expect(left.length).toBeGreaterThan(0);
  expect(left.length).toBeLessThan(all.length);
  expect(await rowsKept(room.page)).toEqual(all);
  expect(await room.filesHeld()).toBe(await other.filesHeld());
});

/** F1 */
test("a server that dies before its answer arrives has taken the note in once", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const proxy = await Proxy.before(salon);
  const room = new App((await device("tablet")).page, proxy.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  proxy.fault({ kind: "drop reply" }, { path: /sync\/push/, times: 1 });

  await room.writeNote("写完的时候店里的电脑断了电");
  await expect.poll(() => proxy.seen.filter(({ fault }) => fault === "drop reply").length).toBe(1);
  await salon.kill();
  await expect(room.syncMark).toHaveAccessibleName(/1 条待传/);
  await salon.start();
  await room.sendNow();

  await expect(room.syncMark).toHaveAccessibleName(/已全部保存|^要处理$/);
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("沟通");
  await expect(desk.note("店里的电脑断了电")).toHaveCount(1);
  expect(salon.command("verify")).toContain("No differences");
  await proxy.stop();
  await salon.stop();
});
