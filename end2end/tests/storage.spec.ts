/** A browser without room, or one that refuses to keep anything. */

import type { Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "./pages/app.ts";
import { entriesKept, fillUp, isComplete, panicsOn, refuseWritesWhenAsked, rowsKept } from "./support/page.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const [HER, ANOTHER] = ["林晓雨", "单丹"];
/** Longer ago than anybody of the demo, each a month after the one before. */
const SURNAME = "皇甫";
const LONG_AGO = [..."春夏秋冬梅兰竹菊山水"].map((given) => SURNAME + given);

/** F14 */
test("a tablet without room keeps working with the files it has, and says that it can't hold more", async ({ device, salon }) => {
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  const panics = panicsOn(room.page);
  await fillUp(room.page);

  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.addCustomer("司马南乔");
  // Held in the room, not open there, and longer than it was.
  await desk.openFile(ANOTHER);
  await desk.tab("过敏");
  await desk.addAllergy("满了以后加的");
  await expect(desk.redStrip).toContainText("满了以后加的");

  await room.writeNote("补水导入之后不泛红");
  await expect(room.saved).toBeVisible();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.note("补水导入之后不泛红")).toHaveCount(1);
  await room.syncMark.click();
  await expect(room.entries).toContainText("这台设备放不下更多档案");
  await room.page.keyboard.press("Escape");
  await room.openFile(ANOTHER);
  await expect(room.redStrip, "an older file is never taken for it").toContainText("满了以后加的");
  expect(panics).toEqual([]);
});

/** F14 */
test("where there is no room, whoever was here longest ago goes first; who is expected or was opened lately stays, and so does every entry", async ({ device }) => {
  test.setTimeout(120_000);
  const salon = await Salon.open({ isDemo: true });
  salon.command("import", "customers", workbookOf(salon, LONG_AGO));
  const [opened = "", firstToGo = "", expected = ""] = LONG_AGO;
  const inOrder = LONG_AGO.filter((name) => name !== opened && name !== expected);
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(expected);
  // By somebody else than the one who holds the tablet, whose own day opens the files of those who come to her.
  await desk.expectToday("周小梅");
  await desk.openFile(HER);
  await desk.tab("沟通");

  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await expect.poll(() => isComplete(room.page)).toBe(true);
  await room.openFile(opened);
  await room.openFile(HER);
  await room.tab("沟通");
  await room.writeNote("还有地方的时候写的");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await fillUp(room.page);
  await tablet.setOffline(true);
  await room.writeNote("没有地方也没有网络的时候写的");
  await expect(room.saved).toBeVisible();
  const entries = await entriesKept(room.page);
  expect(entries.length).toBeGreaterThanOrEqual(2);
  await tablet.setOffline(false);

  // Her file, which is open here, grows and takes the place of others.
  for (let number = 1; number <= 8; number++) {
    await desk.writeNote(`第 ${number} 条长的：${unpackable(200)}`);
    await expect(room.note(`第 ${number} 条长的`)).toHaveCount(1);
  }
  await room.search(SURNAME);
  await expect(room.found(opened)).toHaveCount(1);
  const gone = await lacking(room, LONG_AGO);
  expect(gone.length).toBeGreaterThan(2);
  expect(gone).toEqual(inOrder.slice(0, gone.length));
  expect(await room.filesHeld()).toBe(await customersKept(room.page));

  // The first one comes back as soon as somebody opens her file, and it is not she who goes next.
  await room.search(firstToGo);
  await room.page.getByRole("link", { name: firstToGo }).click();
  await expect(room.page.getByRole("navigation", { name: "档案" })).toBeVisible();
  await room.search(SURNAME);
  await expect(room.found(firstToGo)).toHaveCount(1);
  const later = await lacking(room, LONG_AGO);
  expect(later).toEqual(inOrder.slice(1, later.length + 1));
  expect(await room.filesHeld()).toBe(await customersKept(room.page));

  expect(await entriesKept(room.page)).toEqual(expect.arrayContaining(entries));
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await room.syncMark.click();
  await expect(room.entries).toContainText("这台设备放不下更多档案");
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

/** F14 */
test("a tablet that was full before anybody came in can still be worked with", async ({ device, salon }) => {
  const room = new App((await device("tablet")).page, salon.url);
  await room.enrolHere("护理室");
  const panics = panicsOn(room.page);
  await fillUp(room.page);

  await room.signIn(salon.person("林静"));
  await room.syncMark.click();
  await expect(room.entries).toContainText("这台设备放不下更多档案");
  await room.page.keyboard.press("Escape");
  await room.search("lxy");
  await room.page.getByRole("link", { name: HER }).first().click();
  await room.tab("沟通");
  await room.writeNote("在满了的平板上写的");
  await expect(room.saved).toBeVisible();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  expect(panics).toEqual([]);
});

/** F15 */
/** F16 */
test("a tablet whose site data was cleared is a stranger again; the list of devices tells when it was last heard of", async ({ device, salon }) => {
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  const code = await office.newCode("补办的平板", "护理室");

  const engine = await tablet.context.newCDPSession(tablet.page);
  await engine.send("Storage.clearDataForOrigin", { origin: salon.url, storageTypes: "all" });
  await tablet.context.clearCookies();
  await room.page.goto(salon.url);
  await expect(room.page.getByRole("heading", { name: "登记这台设备" })).toBeVisible();
  await expect(room.page.getByText(HER)).toHaveCount(0);

  await room.enrol(code);
  await room.signIn(salon.person("林静"));
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await office.page.getByRole("link", { name: "设备" }).click();
  const devices = office.page.getByRole("list", { name: "设备" }).getByRole("listitem");
  await expect(devices.filter({ hasText: "护理室" }).filter({ hasText: "最后连上" }).first()).toBeVisible();
});

test("a browser that refuses to keep anything says so in plain words before anybody types", async ({ page, salon }) => {
  const panics = panicsOn(page);
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  });

  await page.goto(salon.url);

  await expect(page.getByRole("alert")).toContainText("浏览器不让心颜在这台设备上保存记录");
  await expect(page.getByRole("textbox")).toHaveCount(0);
  expect(panics).toEqual([]);
});

/** F15 */
test("a disk that is too full for the outbox is told in plain words as well", async ({ page, salon }) => {
  const panics = panicsOn(page);
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (name, version) {
      if (name !== "xinyan") return open.call(this, name, version);
      const refused = open.call(this, `${name} refused`, 1);
      refused.addEventListener("upgradeneeded", (event) => {
        event.stopImmediatePropagation();
        refused.transaction?.abort();
      });
      return refused;
    };
  });

  await page.goto(salon.url);

  await expect(page.getByRole("alert")).toContainText("浏览器不让心颜在这台设备上保存记录");
  await expect(page.getByRole("textbox")).toHaveCount(0);
  expect(panics).toEqual([]);
});

/** F15 */
test("a disk that fills up while she works is told in plain words, and what she typed is still there to be saved again", async ({ device, salon }) => {
  const tablet = await device("tablet");
  await tablet.context.addInitScript(refuseWritesWhenAsked);
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await room.page.evaluate(() => (window.refuseWrites = true));

  await room.writeNote("额头有一点脱皮，敷了修护");

  await expect(room.page.getByRole("alert")).toContainText("没有存下来");
  await expect(room.saved).toHaveCount(0);
  await expect(room.page.getByRole("textbox", { name: "记一笔" })).toHaveValue("额头有一点脱皮，敷了修护");

  await room.page.evaluate(() => (window.refuseWrites = false));
  await room.page.getByRole("button", { name: "记下", exact: true }).click();
  await expect(room.saved).toBeVisible();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.note("额头有一点脱皮")).toHaveCount(1);
});

/** Whoever was here last stands first in it. */
function workbookOf(salon: Salon, names: string[]): string {
  const rows = names.map((name, month) => `VIP9${month},${name},1997999${String(month).padStart(4, "0")},,,,,,2019-${String(month + 1).padStart(2, "0")}-15,`);
  const file = join(salon.data, "customers.csv");
  writeFileSync(file, ["卡号,姓名,手机,生日,肤质,过敏史,既往护理,类型,最近到店,备注", ...rows.reverse()].join("\n"));
  return file;
}

/** Words that take as much room packed as not. */
function unpackable(length: number): string {
  return String.fromCodePoint(...Array.from({ length }, () => 0x4e00 + Math.floor(Math.random() * 0x5000)));
}

/** Those of them who are not among the customers found on this device. */
async function lacking(app: App, names: string[]): Promise<string[]> {
  const found = await app.page.getByRole("list", { name: "找到的顾客" }).getByRole("link").allInnerTexts();
  return names.filter((name) => !found.some((row) => row.includes(name)));
}

async function customersKept(page: Page): Promise<number> {
  return (await rowsKept(page)).filter((row) => !row.includes("salon")).length;
}

test("files that an older build has kept are fetched again, although none of them has changed", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  const readBy = (): Promise<string | null> => room.page.evaluate(() => localStorage.getItem("xinyan rows"));
  await expect.poll(() => isComplete(room.page)).toBe(true);
  await expect.poll(readBy).not.toBe(null);
  const thisBuild = await readBy();
  expect(thisBuild).not.toBe("1");
  let fetches = 0;
  room.page.on("request", (request) => void (fetches += Number(request.url().endsWith("/sync/fetch"))));

  await room.page.addInitScript(() => localStorage.setItem("xinyan rows", "1"));
  await room.page.reload();
  await room.signIn(salon.person("林静"));

  await expect.poll(readBy).toBe(thisBuild);
  expect(fetches).toBeGreaterThan(0);
  await salon.stop();
});
