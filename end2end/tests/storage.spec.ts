/** A browser without room, or one that refuses to keep anything. */

import { App } from "./pages/app.ts";
import { fillUp, panicsOn, refuseWritesWhenAsked } from "./support/page.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

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
