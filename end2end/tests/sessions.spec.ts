/** Whoever has gone is gone: in every tab, without network, and when she no longer works here. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

test("who leaves in one tab has left in the other", async ({ device, salon }) => {
  const desk = await device("desk");
  const one = new App(desk.page, salon.url);
  await one.comeIn("前台", salon.person("李婉清"));
  const two = await one.anotherTab();
  await two.signIn(salon.person("李婉清"));
  await two.openFile(HER);

  await one.switchPerson();

  await expect(two.page.getByRole("heading", { name: /您是哪一位/ })).toBeVisible();
  await expect(two.page.getByText(HER)).toHaveCount(0);
});

/** H22 */
test("who leaves without network is signed out as soon as there is one", async ({ device, salon }) => {
  const desk = await device("desk");
  const consultant = new App(desk.page, salon.url);
  await consultant.comeIn("前台", salon.person("李婉清"));
  await desk.setOffline(true);
  await consultant.switchPerson();
  await desk.setOffline(false);

  const search = (): Promise<number> =>
    desk.page.evaluate(async () => {
      const asked = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: "林晓雨" }) };
      return (await fetch("/api/customers/search", asked)).status;
    });
  await expect.poll(search, { timeout: 15_000 }).toBe(401);
});

/** H22 */
test("who no longer works here sees no file once the network is back, and what she wrote is kept", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const tablet = await device("tablet");
  let room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("周小梅"));
  await expect.poll(() => room.mayRestartOffline(), { timeout: 60_000 }).toBe(true);
  await expect.poll(() => room.hasShell()).toBe(true);
  await tablet.setOffline(true);
  await room.page.reload();
  await room.signIn(salon.person("周小梅"));
  await room.openFile(HER);
  await room.tab("沟通");
  await room.writeNote("没有网络时写的");
  await expect(room.saved).toBeVisible();

  salon.command("staff", "disable", "周小梅");
  await tablet.setOffline(false);

  await expect(room.page.getByRole("heading", { name: /您是哪一位/ })).toBeVisible({ timeout: 30_000 });
  await expect(room.page.getByText(HER)).toHaveCount(0);
  await salon.stop();
});

test("a browser that knew a demo salon can be one of the next one's devices", async ({ device }) => {
  const first = await Salon.open({ isDemo: true });
  const tablet = await device("tablet");
  const room = new App(tablet.page, first.url);
  await room.comeIn("护理室", first.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await first.kill();
  await room.writeNote("原来的店没有等到的一条");
  await expect(room.saved).toBeVisible();
  first.command("demo", "wipe");
  await first.start();

  await room.page.goto(`${first.url}/`);

  await room.page.getByRole("button", { name: /^护理室/ }).click();
  await room.signIn(first.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await room.writeNote("新的店里写的第一条");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await first.stop();
});

/** H24: what counts is how long nobody was there, not when the machine noticed. */
test("a computer that slept is shut by the first touch after it woke", async ({ device, salon }) => {
  const { page } = await device("desk");
  const desk = new App(page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile("林晓雨");

  await page.clock.setFixedTime(Date.now() + 10 * 60_000);
  await page.mouse.click(600, 400);

  await expect(page.getByRole("region", { name: /锁屏/ })).toBeVisible();
  await expect(page.getByText("林晓雨")).toHaveCount(0);
});
