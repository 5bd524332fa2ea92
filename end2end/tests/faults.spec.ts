/** Power cuts, full disks, bad networks: what was called saved is in the salon once; what was not saved is never called so. */

import type { Page } from "@playwright/test";
import { App } from "./pages/app.ts";
import { Proxy } from "./support/proxy.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

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

  room = new App(tablet.page, salon.url);
  await room.open();
  await room.signIn(salon.person("林静"));
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

  room = new App(tablet.page, salon.url);
  await room.open();
  await room.signIn(salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.note("这句话没有写完")).toHaveCount(0);
});

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

  await room.writeNote("补水导入之后不泛红");
  await expect(room.saved).toBeVisible();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.note("补水导入之后不泛红")).toHaveCount(1);
  await room.syncMark.click();
  await expect(room.entries).toContainText("这台设备放不下更多档案");
  expect(panics).toEqual([]);
});

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

test("a Wi-Fi that answers everything with its own sign-in page gets no entry", async ({ device, salon }) => {
  const proxy = await Proxy.before(salon);
  const room = new App((await device("tablet")).page, proxy.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  proxy.fault({ kind: "captive portal" }, { path: /^\/api\// });

  await room.writeNote("在别人的 Wi-Fi 上写的");
  await expect(room.saved).toBeVisible();
  await expect.poll(() => proxy.seen.filter(({ path, fault }) => fault === "captive portal" && path.includes("push")).length).toBeGreaterThan(0);
  await expect(room.syncMark).toHaveAccessibleName(/1 条待传/);
  await room.sendNow();
  await expect(room.syncMark).toHaveAccessibleName(/1 条待传/);

  await proxy.mend();
  await room.sendNow();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.note("在别人的 Wi-Fi 上写的")).toHaveCount(1);
  await proxy.stop();
});

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

test("two tabs of one browser write at once, and everything is in the salon once", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const desk = await device("desk");
  const one = new App(desk.page, salon.url);
  await one.comeIn("前台", salon.person("李婉清"));
  const two = new App(await desk.context.newPage(), salon.url);
  await two.open();
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

test("the tab that remains goes on sending when the other one is closed", async ({ device, salon }) => {
  const desk = await device("desk");
  const one = new App(desk.page, salon.url);
  await one.comeIn("前台", salon.person("李婉清"));
  const two = new App(await desk.context.newPage(), salon.url);
  await two.open();
  await two.signIn(salon.person("李婉清"));
  await two.openFile(HER);
  await two.tab("沟通");

  await one.page.close();
  await two.writeNote("另一个窗口关了以后写的");

  await expect(two.saved).toBeVisible();
  await expect(two.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(two.note("另一个窗口关了以后写的")).toHaveCount(1);
});

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

declare global {
  interface Window {
    holdWrites?: boolean;
    isWriteHeld?: boolean;
    saidSaved: boolean;
  }
}

/** A disk that never finishes: once `holdWrites` is set, a transaction over the outbox stays open for ever. */
function holdWritesWhenAsked(): void {
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    if (!window.holdWrites || !this.objectStoreNames.contains("entries")) return commit.call(this);
    const store = this.objectStore("entries");
    const again = (): void => {
      window.isWriteHeld = true;
      store.count().onsuccess = again;
    };
    again();
  };
}

/** Notes whether the page ever said that something is saved here, however shortly. */
function watchForSaved(): void {
  window.saidSaved = false;
  new MutationObserver(() => {
    const said = [...document.querySelectorAll("[role=status]")].some((status) => status.textContent?.includes("已保存在这台"));
    window.saidSaved ||= said;
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Leaves this site not a single character of localStorage. */
async function fillUp(page: Page): Promise<void> {
  await page.evaluate(() => {
    let size = 1 << 22;
    for (let number = 0; size >= 1; number++) {
      try {
        localStorage.setItem(`filling ${number}`, "x".repeat(size));
      } catch {
        size >>= 1;
      }
    }
  });
}

function panicsOn(page: Page): string[] {
  const panics: string[] = [];
  page.on("pageerror", (error) => panics.push(error.message));
  page.on("console", (message) => {
    if (/panicked|unreachable executed/.test(message.text())) panics.push(message.text());
  });
  return panics;
}
