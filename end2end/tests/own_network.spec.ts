/** In the shop's own network: by its name, over https, with the salon's own certificate. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

test("a tablet is told how to come in, and once it trusts the salon's certificate it starts without network", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true, network: "salon.local" });
  const office = new App((await device("desk", salon.trusted)).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  const code = await office.newCode("护理室二号", "护理室");

  const tablet = await device("tablet", salon.trusted);
  await tablet.page.goto(`http://salon.local:${salon.port}/customers`);
  await expect(tablet.page.getByText("要用 https 打开")).toBeVisible();
  // What a page says on the way can be changed on the way: the fingerprint stands on the salon's computer.
  const fingerprint = /fingerprint: (?<fingerprint>(?:[0-9A-F]{2}:){31}[0-9A-F]{2})$/m.exec(salon.printed)?.groups?.["fingerprint"];
  expect(fingerprint).toBeDefined();
  await expect(tablet.page.getByText(fingerprint ?? "")).toHaveCount(0);
  await tablet.page.getByRole("link", { name: /^https/ }).click();
  await tablet.page.waitForURL(`https://salon.local:${salon.port}/`);

  let room = new App(tablet.page, `https://salon.local:${salon.port}`);
  await room.enrol(code);
  await room.signIn(salon.person("林静"));
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect.poll(() => room.hasShell()).toBe(true);
  await expect.poll(() => room.mayRestartOffline()).toBe(true);
  const cookies = await tablet.context.cookies();
  expect(cookies.map(({ name, secure }) => ({ name, secure }))).toContainEqual({ name: "xinyan_device", secure: true });

  await salon.kill();
  await tablet.killAndStart();
  room = await App.openedBy(salon.person("林静"), tablet.page, `https://salon.local:${salon.port}`);
  await room.openFile(HER);
  await expect(room.redStrip).toBeVisible();
  await salon.stop();
});
