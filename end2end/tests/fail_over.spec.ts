/** The database's computer dies, and the one that takes over has not heard the last words. */

import { App } from "./pages/app.ts";
import type { Device, Kind } from "./support/chromium.ts";
import { Database } from "./support/postgres.ts";
import { Proxy } from "./support/proxy.ts";
import { Salon } from "./support/salon.ts";
import { Standby } from "./support/standby.ts";
import { expect, test } from "./support/test.ts";

const [HER, ANOTHER] = ["林晓雨", "单丹"];
const ONE_POLL = 62_000;

/** F42 */
test("what the database that died had acknowledged is handed in to the one that took over", async ({ device }) => {
  test.setTimeout(180_000);
  const day = await begin(device);
  await day.cutOff();
  await day.room.writeNote("备机没有收到的");
  await expect(day.room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(day.desk.note("备机没有收到的")).toHaveCount(1);
  await day.failOver();

  const office = new App((await device("desk")).page, day.salon.url);
  await office.comeIn("管理", day.salon.person("陈静"));
  await office.openFile(HER);
  await office.tab("沟通");
  await expect(office.note("备机没有收到的")).toHaveCount(1, { timeout: ONE_POLL });
  await day.end();
});

/** F42 */
test("a form that is open while the database fails over stays open, with what is typed in it", async ({ device }) => {
  test.setTimeout(180_000);
  const day = await begin(device);
  await day.cutOff();
  await day.room.tab("过敏");
  const form = await day.room.beginAllergy("正在打的字");
  const listed = day.room.page.waitForResponse("**/api/sync/manifest", { timeout: ONE_POLL });
  await day.failOver();
  await listed;

  await expect(day.room.redStrip, "what she must not get stays in sight").toContainText("含酒精");
  await expect(form.getByLabel("对什么")).toHaveValue("正在打的字");
  await form.getByRole("button", { name: "加上", exact: true }).click();
  await expect(day.desk.redStrip).toContainText("正在打的字", { timeout: ONE_POLL });
  await day.end();
});

/** F42, I3, I5 */
test("a device that saw what was lost sees all that is written after the database failed over", async ({ device }) => {
  test.setTimeout(180_000);
  const day = await begin(device);
  const office = new App((await device("desk")).page, day.salon.url);
  await office.comeIn("管理", day.salon.person("陈静"));
  await day.cutOff();
  await day.room.writeNote("备机没有收到的");
  await expect(day.desk.note("备机没有收到的")).toHaveCount(1);
  await day.proxy.cut();
  await day.failOver();

  for (const customer of [ANOTHER, HER]) {
    await office.openFile(customer);
    await office.tab("过敏");
    await office.addAllergy("换了备机以后加的");
    await expect(office.syncMark).toHaveAccessibleName(/已全部保存/);
  }
  await day.proxy.mend();

  await expect(day.desk.redStrip).toContainText("换了备机以后加的");
  await day.desk.openFile(ANOTHER);
  await expect(day.desk.redStrip).toContainText("换了备机以后加的", { timeout: ONE_POLL });
  await day.end();
});

interface Day {
  salon: Salon;
  room: App;
  desk: App;
  /** From here on the standby hears nothing. */
  cutOff: () => Promise<void>;
  /** Before the desk. */
  proxy: Proxy;
  failOver: () => Promise<void>;
  end: () => Promise<void>;
}

/** A room and a desk on a salon whose database has a standby. */
async function begin(device: (kind: Kind) => Promise<Device>): Promise<Day> {
  const database = new Database();
  const salon = await Salon.open({ isDemo: true, database: database.url });
  const proxy = await Proxy.before(salon);
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  const desk = new App((await device("tablet")).page, proxy.url);
  await desk.comeIn("护理室", salon.person("周小梅"));
  for (const screen of [room, desk]) {
    await screen.openFile(HER);
    await screen.tab("沟通");
  }
  const standby = await Standby.follow();
  const cutOff = async (): Promise<void> => {
    await expect.poll(() => standby.hasEverything()).toBe(true);
    standby.cutOff();
    await expect.poll(() => standby.isCutOff()).toBe(true);
  };
  const failOver = async (): Promise<void> => {
    await salon.kill();
    standby.takeOver();
    await salon.failOver(standby.addressOf(database.url));
  };
  const end = async (): Promise<void> => {
    expect(salon.command("verify")).toContain("No differences");
    await salon.stop();
    await proxy.stop();
    standby.stop();
    database.drop();
  };
  return { salon, room, desk, cutOff, proxy, failOver, end };
}
