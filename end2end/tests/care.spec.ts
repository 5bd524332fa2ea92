/** The gate at the product: it tells at once, also without a network; what was put on her skin is recorded whatever it said. */

import { App } from "./pages/app.ts";
import { Care } from "./pages/care.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

/** S1, S2, S6, M6-08 */
test("a product she must not get is told with the reasons in a room without network, and recorded where it was used all the same", async ({ device, salon }) => {
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await tablet.setOffline(true);
  await room.tab("护理");
  const care = new Care(room.page);

  await care.choose("烟酰胺美白精华", "MB2603", "面颊");
  await expect(care.verdict).toContainText("不可使用");
  await expect(care.verdict).toContainText("对酒精过敏");
  await expect(care.verdict).toContainText("做过换肤");
  await expect(care.verdict).toContainText("要问：今天的皮肤");
  // What is seen of her skin is recorded from within, and nothing else is by that.
  await care.dialog.getByRole("button", { name: "有伤口、感染或晒伤", exact: true }).click();
  const seen = room.page.getByRole("dialog", { name: "皮肤上看到了什么" });
  await seen.getByRole("group", { name: "晒伤" }).getByRole("checkbox", { name: "手" }).check({ force: true });
  await seen.getByRole("button", { name: "记下" }).click();
  await expect(seen).toBeHidden();
  await expect(care.dialog).toBeVisible();
  await expect(care.verdict).not.toContainText("今天的皮肤");
  await expect(care.dialog.getByRole("button", { name: "记下", exact: true })).toHaveCount(0);
  await care.record("已经用上了，照样记下");
  await expect(care.used("烟酰胺美白精华")).toContainText("MB2603");
  await expect(room.syncMark).toHaveAccessibleName(/2 条待传/);

  await tablet.setOffline(false);
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("护理");
  const atTheDesk = new Care(desk.page);
  await expect(atTheDesk.used("烟酰胺美白精华")).toContainText("对酒精过敏");
  await expect(care.used("烟酰胺美白精华")).toContainText("等批准的人");
  await atTheDesk.used("烟酰胺美白精华").getByRole("button", { name: "确认" }).click();
  await expect(atTheDesk.used("烟酰胺美白精华")).toContainText("李婉清");
  await expect(care.used("烟酰胺美白精华")).toContainText("已确认");
});

test("what is allowed in the room while the salon knows more is marked in both as soon as they meet", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("护理");
  const care = new Care(room.page);
  await care.skinIsFine();
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await tablet.setOffline(true);
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("过敏");
  await desk.addAllergy("蜂胶");
  await expect(desk.redStrip).toContainText("蜂胶");
  await desk.tab("护理");

  await care.choose("蜂胶舒缓面膜", "FJ2604", "手");
  await expect(care.verdict).toContainText("可以用");
  await care.record("记下");
  await tablet.setOffline(false);

  for (const screen of [care, new Care(desk.page)]) {
    await expect(screen.used("蜂胶舒缓面膜")).toContainText("店里知道的更多");
    await expect(screen.used("蜂胶舒缓面膜")).toContainText("对蜂胶过敏");
  }
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

test("a release by word of mouth stays marked until the one who gave it has confirmed it", async ({ device, salon }) => {
  const her = "司马南乔";
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("孙若彤"));
  await desk.addCustomer(her);
  await desk.tab("问诊");
  await desk.answer(/过敏/, "没有");
  await desk.answer(/速效/, "没有");
  // Which courses is asked below a yes: what stands further down moves.
  await desk.answer(/镭射/, "有");
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);

  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(her);
  await room.tab("护理");
  const care = new Care(room.page);
  await care.skinIsFine();
  await care.choose("烟酰胺美白精华", "MB2603", "额头");
  await expect(care.verdict).toContainText("要顾问或店长批准");
  await care.dialog.getByLabel("谁口头批准了").selectOption({ label: "李婉清" });
  await care.dialog.getByRole("button", { name: "记下", exact: true }).click();
  await expect(care.dialog.getByRole("alert")).toBeVisible();
  await care.dialog.getByLabel("为什么可以用").fill("看过照片，五年前做的");
  await care.record("记下");
  await expect(care.used("烟酰胺美白精华")).toContainText("李婉清口头批准：看过照片，五年前做的");

  await desk.tab("护理");
  const waiting = new Care(desk.page).used("烟酰胺美白精华");
  await expect(waiting).toContainText("等批准的人");
  await expect(waiting.getByRole("button", { name: "确认" })).toHaveCount(0);
  const hers = new App((await device("desk")).page, salon.url);
  await hers.comeIn("前台", salon.person("李婉清"));
  await hers.openFile(her);
  await hers.tab("护理");
  await new Care(hers.page).used("烟酰胺美白精华").getByRole("button", { name: "确认" }).click();
  await expect(waiting).toContainText("已确认");
});

/** S10 */
test("a batch that a manager calls back is closed in the room at once", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.page.getByRole("link", { name: "店面" }).click();
  const products = office.page.getByRole("list", { name: "产品" });
  await office.page.getByRole("button", { name: "加一样" }).click();
  const dialog = office.page.getByRole("dialog", { name: "产品" });
  await dialog.getByLabel("名称").fill("积雪草安心乳");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog.getByRole("alert")).toHaveCount(1);
  await dialog.getByRole("radio", { name: "修复" }).check({ force: true });
  await dialog.getByRole("checkbox", { name: "香精" }).check({ force: true });
  await dialog.getByLabel("还有什么成分").fill("积雪草、维生素B5");
  await dialog.getByRole("button", { name: "保存" }).click();
  const line = products.getByRole("listitem").filter({ hasText: "积雪草安心乳" });
  await expect(line).toContainText("积雪草");
  await line.getByRole("button", { name: "加一批" }).click();
  const lot = office.page.getByRole("dialog", { name: "批号" });
  await lot.getByLabel("批号").fill("JX2601");
  await lot.getByLabel("到期日").fill("2039-01-31");
  await lot.getByRole("button", { name: "保存" }).click();
  await expect(line).toContainText("JX2601");

  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("护理");
  const care = new Care(room.page);
  await care.skinIsFine();
  await care.choose("积雪草安心乳", "JX2601", "颈");
  await expect(care.verdict).toContainText("可以用");
  await line.getByRole("button", { name: /JX2601/ }).click();
  await lot.getByLabel("这一批召回了").check();
  await lot.getByRole("button", { name: "保存" }).click();
  await expect(care.verdict).toContainText("这一批已召回");
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});
