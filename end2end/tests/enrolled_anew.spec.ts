/** A browser that has to become another device: what waits in it goes along. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { App } from "./pages/app.ts";
import type { Device, Kind } from "./support/chromium.ts";
import { Salon, type Person } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";
const PASSWORD = "corgi-lantern-58";

/** H9 */
test("a copy of a tablet that wrote something else is enrolled anew, and what it holds reaches the salon", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  const before = await nextNumber(tablet.page);
  await room.writeNote("另一份平板先交的");
  await expect(room.saved).toBeVisible();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);

  // As a profile that was copied before: it gives the same number to something else.
  await takeNumber(tablet.page, before);
  await room.writeNote("这一份记下的");
  await expect(room.saved).toBeVisible();
  await expect(room.syncMark).toHaveAccessibleName(/要处理/);
  await room.syncMark.click();
  await expect(room.entries).toContainText("记录有两份");
  await tablet.page.keyboard.press("Escape");

  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  const code = await office.newCode("护理室二号", "护理室");
  await room.switchPerson();
  await expect(room.page.getByText("这台设备要重新登记")).toBeVisible();
  await room.page.getByRole("button", { name: "输入登记码" }).click();
  await expect(room.page.getByText(/条记录没交到店里/)).toBeVisible();
  await room.page.getByLabel("登记码").fill(code);
  await room.page.getByRole("button", { name: "登记", exact: true }).click();
  await room.signIn(salon.person("林静"));
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await room.openFile(HER);
  await room.tab("沟通");
  for (const note of ["另一份平板先交的", "这一份记下的"]) await expect(room.note(note)).toHaveCount(1);
  await room.writeNote("重新登记以后记下的");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

test("a tab that dies between its new code and the salon's next word hands in everything all the same", async ({ device }) => {
  const { salon, room, beautician, code } = await forgottenByARestore(device);
  await room.page.getByLabel("登记码").fill(code);

  // The browser has the new device's cookie, and takes its entries for the former one's.
  const pushed: string[] = [];
  room.page.on("response", async (reply) => {
    if (reply.url().endsWith("/api/sync/push")) pushed.push(await reply.text().catch(() => ""));
  });
  await room.page.route("**/api/door", () => undefined);
  const enrolled = room.page.waitForResponse("**/api/door/enrol");
  await room.page.getByRole("button", { name: "登记", exact: true }).click();
  await enrolled;
  await room.page.unroute("**/api/door");
  await room.page.route("**/api/door", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    await route.continue().catch(() => undefined);
  });
  await room.page.reload();
  await expect.poll(() => pushed.length, { timeout: 15_000 }).toBeGreaterThan(0);
  await room.page.unroute("**/api/door");
  await room.signIn(beautician);
  await expectBoth(room);
  expect(pushed.join()).not.toContain("forged");
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

test("a tablet that was enrolled after the backup hands in all it recorded once the restored salon has given it a code", async ({ device }) => {
  const { salon, room, beautician, code } = await forgottenByARestore(device);
  await room.page.getByLabel("登记码").fill(code);
  await room.page.getByRole("button", { name: "登记", exact: true }).click();
  await room.signIn(beautician);
  await expectBoth(room);
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

const NOTES = ["备份以后记下的，店里收到过", "断网时记下的"];

/** A tablet with both notes, one of them acknowledged, that the restored salon has never heard of; it asks for the code. */
async function forgottenByARestore(device: (kind: Kind) => Promise<Device>): Promise<{ salon: Salon; room: App; beautician: Person; code: string }> {
  const salon = await Salon.open();
  const office = new App((await device("desk")).page, salon.url);
  await office.setUp(salon.setUpLink, PASSWORD);
  await office.addCustomer(HER);
  const beautician = salon.addPerson("林静", "beautician");
  const [file, key] = [join(salon.data, "salon.age"), join(salon.data, "paper")];
  writeFileSync(key, salon.command("backup-key"));
  salon.command("backup", file);

  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.enrol(await office.newCode("护理室", "护理室"));
  await room.signIn(beautician);
  await room.openFile(HER);
  await room.tab("沟通");
  const [acknowledged = "", offline = ""] = NOTES;
  await room.writeNote(acknowledged);
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await tablet.setOffline(true);
  await room.writeNote(offline);
  await expect(room.saved).toBeVisible();
  await salon.restore(file, key);
  await tablet.setOffline(false);

  await office.page.reload();
  await office.signIn({ name: "陈静", role: "store_manager", password: PASSWORD });
  const code = await office.newCode("护理室", "护理室");
  await room.page.reload();
  await expect(room.page.getByText("这台设备要重新登记")).toBeVisible();
  await room.page.getByRole("button", { name: "输入登记码" }).click();
  return { salon, room, beautician, code };
}

async function expectBoth(room: App): Promise<void> {
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await room.openFile(HER);
  await room.tab("沟通");
  for (const note of NOTES) await expect(room.note(note)).toHaveCount(1);
}

/** The number that the next entry gets, as it lies in the browser. */
async function nextNumber(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const opened = indexedDB.open("xinyan");
        opened.onsuccess = () => {
          const read = opened.result.transaction("device").objectStore("device").get("next_seq");
          read.onsuccess = () => {
            opened.result.close();
            resolve(read.result as string);
          };
        };
      }),
  );
}

async function takeNumber(page: Page, number: string): Promise<void> {
  await page.evaluate(
    (number) =>
      new Promise<void>((resolve) => {
        const opened = indexedDB.open("xinyan");
        opened.onsuccess = () => {
          const writing = opened.result.transaction("device", "readwrite");
          writing.objectStore("device").put(number, "next_seq");
          writing.oncomplete = () => {
            opened.result.close();
            resolve();
          };
        };
      }),
    number,
  );
}
