/** Bad networks: answers that are lost, or that come from somebody else; hints that never come. */

import { App } from "./pages/app.ts";
import { Proxy } from "./support/proxy.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

for (const kind of ["captive portal", "redirect"] as const) {
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

test("a network that lets no hints through costs no more than one poll", async ({ device, salon }) => {
  test.setTimeout(120_000);
  const proxy = await Proxy.before(salon);
  proxy.fault({ kind: "hang" }, { path: /^\/api\/hints/ });
  const room = new App((await device("tablet")).page, proxy.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("沟通");

  await desk.writeNote("没有提示也要看到");
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);

  await expect(room.note("没有提示也要看到")).toHaveCount(1, { timeout: 65_000 });
  expect(proxy.seen.some(({ path, fault }) => path.startsWith("/api/hints") && fault === "hang")).toBe(true);
  await proxy.stop();
});

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
