/** Bad networks: answers that are lost, or that come from somebody else; hints that never come. */

import { App } from "./pages/app.ts";
import type { Scope } from "./pages/door.ts";
import { Proxy } from "./support/proxy.ts";
import type { Person } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";
const HINTS = /^\/api\/hints/;
/** The longest wait for a poll, and a moment for what comes to be shown. */
const ONE_POLL = 62_000;

for (const kind of ["captive portal", "redirect"] as const) {
  /** F21 */
  test(`a Wi-Fi that answers everything with its own sign-in page gets no entry (${kind})`, async ({ device, salon }) => {
    const proxy = await Proxy.before(salon);
    const room = new App((await device("tablet")).page, proxy.url);
    await room.comeIn("护理室", salon.person("林静"));
    await room.openFile(HER);
    await room.tab("沟通");
    proxy.fault({ kind }, { path: /^\/api\// });

    await room.writeNote(`在别人的 Wi-Fi 上写的（${kind}）`);
    await expect(room.saved).toBeVisible();
    await expect.poll(() => proxy.seen.filter(({ path, fault }) => fault === kind && path.includes("push")).length).toBeGreaterThan(0);
    await expect(room.syncMark).toHaveAccessibleName(/1 条待传/);
    await room.sendNow();
    await expect(room.syncMark).toHaveAccessibleName(/1 条待传/);

    await proxy.mend();
    await room.sendNow();
    await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
    await expect(room.note(`在别人的 Wi-Fi 上写的（${kind}）`)).toHaveCount(1);
    await proxy.stop();
  });
}

/** F26 */
test("a network that lets no hints through, or swallows them, costs no more than one poll", async ({ device, salon }) => {
  test.setTimeout(120_000);
  const rooms = await Promise.all(
    (["hang", "mute"] as const).map(async (kind) => {
      const proxy = await Proxy.before(salon);
      proxy.fault({ kind }, { path: HINTS });
      return { kind, proxy, room: new App((await device("tablet")).page, proxy.url) };
    }),
  );
  for (const { room } of rooms) await openNotes(room, "护理室", salon.person("林静"));
  const desk = new App((await device("desk")).page, salon.url);
  await openNotes(desk, "前台", salon.person("李婉清"));

  await desk.writeNote("没有提示也要看到");
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);

  const began = Date.now();
  for (const { room, proxy, kind } of rooms) {
    await expect(room.note("没有提示也要看到")).toHaveCount(1, { timeout: ONE_POLL - (Date.now() - began) });
    expect(proxy.seen.some(({ path, fault }) => HINTS.test(path) && fault === kind)).toBe(true);
    await proxy.stop();
  }
});

/** F26 */
test("a hint that comes twice shows a note once", async ({ device, salon }) => {
  const proxy = await Proxy.before(salon);
  proxy.fault({ kind: "echo" }, { path: HINTS });
  const room = new App((await device("tablet")).page, proxy.url);
  await openNotes(room, "护理室", salon.person("林静"));
  const desk = new App((await device("desk")).page, salon.url);
  await openNotes(desk, "前台", salon.person("李婉清"));

  for (const text of ["提示来了两遍，第一条", "提示来了两遍，第二条"]) {
    await desk.writeNote(text);
    await expect(room.note(text)).toHaveCount(1);
  }
  await expect(room.note("提示来了两遍")).toHaveCount(2);
  expect(proxy.seen.some(({ path, fault }) => HINTS.test(path) && fault === "echo")).toBe(true);
  await proxy.stop();
});

/** F19 */
test("ten answers that are lost in a row make one note", async ({ device, salon }) => {
  const proxy = await Proxy.before(salon);
  const room = new App((await device("tablet")).page, proxy.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  proxy.fault({ kind: "drop reply" }, { path: /sync\/push/, times: 10 });

  await room.writeNote("回信丢了十次也只有一条");
  const lost = (): number => proxy.seen.filter(({ fault }) => fault === "drop reply").length;
  for (let tries = 1; tries <= 10; tries++) {
    await expect.poll(lost).toBeGreaterThanOrEqual(tries);
    await room.sendNow();
  }

  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("沟通");
  await expect(desk.note("回信丢了十次")).toHaveCount(1);
  await proxy.stop();
});

async function openNotes(app: App, scope: Scope, person: Person): Promise<void> {
  await app.comeIn(scope, person);
  await app.openFile(HER);
  await app.tab("沟通");
}
