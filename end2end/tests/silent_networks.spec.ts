/** Networks that take what they are given, and say nothing. */

import { App } from "./pages/app.ts";
import { Proxy } from "./support/proxy.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

/** F23 */
test("a tablet that is started on a silent network lets her in with her password", async ({ device, salon }) => {
  test.setTimeout(120_000);
  const proxy = await Proxy.before(salon);
  const tablet = await device("tablet");
  const lin = salon.person("林静");
  const room = new App(tablet.page, proxy.url);
  await room.comeIn("护理室", lin);
  await expect.poll(() => room.mayRestartOffline(), { timeout: 60_000 }).toBe(true);
  await expect.poll(() => room.hasShell()).toBe(true);
  proxy.fault({ kind: "hang" }, { path: /^\/api\// });
  await tablet.killAndStart();

  const again = new App(tablet.page, proxy.url);
  await again.open();
  await again.choose(lin);
  await again.password.fill(lin.password);
  await again.page.getByRole("button", { name: "登录", exact: true }).click();
  await expect(again.page.getByRole("button", { name: /，换人$/ })).toBeVisible({ timeout: 60_000 });
  await proxy.stop();
});

/** F26 */
test("a stream of hints that was swallowed while it was opened is opened again", async ({ device, salon }) => {
  test.setTimeout(120_000);
  const proxy = await Proxy.before(salon);
  const room = new App((await device("tablet")).page, proxy.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  const hints = (): number => proxy.seen.filter(({ path }) => path.includes("hints")).length;
  proxy.fault({ kind: "hang" }, { path: /hints/ });
  await proxy.cut();
  await proxy.mend();
  proxy.fault({ kind: "hang" }, { path: /hints/ });
  const before = hints();
  await expect.poll(hints, { timeout: 30_000 }).toBeGreaterThan(before);
  await proxy.mend();

  const asked = hints();
  await expect.poll(hints, { timeout: 30_000 }).toBeGreaterThan(asked);
  await proxy.stop();
});

/** H22 */
test("whoever no longer works here loses what she has on her screen", async ({ device, salon }) => {
  const mei = salon.addPerson("小梅", "beautician");
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", mei);
  await room.openFile(HER);
  await expect(room.redStrip).toBeVisible();

  salon.command("staff", "disable", mei.name);

  await expect(room.redStrip).toBeHidden({ timeout: 15_000 });
});
