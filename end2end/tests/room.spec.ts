/** A treatment from the hand-over to its end, without a network in the room, by two people on two devices. */

import { App } from "./pages/app.ts";
import { Care } from "./pages/care.ts";
import { Room } from "./pages/room.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

/** M6-01 to M6-16, M7-02, M2-35: stages 2 to 5. */
test("she is handed over, treated in a room without network, and given back; the desk reads it all", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("护理");
  await desk.page.getByRole("button", { name: "交代美容师" }).click();
  const handOver = desk.page.getByRole("dialog", { name: "交代美容师" });
  await handOver.getByRole("button", { name: "记下" }).click();
  await expect(handOver).toContainText("写下要注意的");
  await handOver.getByLabel("要特别注意什么").fill("面颊易红，手法放轻");
  await handOver.getByLabel("柜子号").fill("12");
  await handOver.getByRole("button", { name: "记下" }).click();
  await expect(handOver).toBeHidden();
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);

  const tablet = await device("tablet");
  const treating = new App(tablet.page, salon.url);
  await treating.comeIn("护理室", salon.person("林静"));
  await treating.openFile(HER);
  await tablet.setOffline(true);
  await treating.tab("护理");
  const room = new Room(treating.page);
  const care = new Care(treating.page);
  await room.enter();
  await expect(treating.page.getByRole("main")).toContainText("面颊易红，手法放轻");
  await expect(treating.page.getByRole("main")).toContainText("柜子 12");
  await expect(treating.page.getByRole("heading", { name: /林晓雨·尾号 \d{4}/ })).toBeVisible();
  await expect(treating.page.locator(".verdict")).toContainText("要问：今天的皮肤");
  await care.skinIsFine();
  await room.tap(/^开始护理$|^已经开始了/);

  // What is not in order is asked about once.
  await expect(room.now).toContainText("准备");
  await room.tap("做完，下一步");
  await expect(treating.page.getByRole("alert")).toContainText("清单还没有全部打勾");
  await room.finishStep();

  // 310 % is more than it can show: asked about, and both readings are kept.
  await expect(room.now).toContainText("护理前测量");
  const measuring = await room.measure("面颊", "15", { 含水量: "310", 泛红指数: "24" });
  await expect(measuring).toContainText("这台仪器只能显示 0 到 100，写的是 310");
  await measuring.getByLabel("含水量", { exact: true }).fill("31");
  await measuring.getByRole("button", { name: "记下" }).click();
  await expect(measuring).toBeHidden();
  await room.finishStep();

  await room.tap("调整");
  await treating.page.getByRole("dialog", { name: "调整" }).getByRole("button", { name: "她很累，少说话" }).click();
  await expect(treating.page.getByRole("main")).toContainText("今天不推介产品");
  await room.tap("开启产品");
  await care.chooseIn("神经酰胺修复霜", "XF2603", "面颊");
  await care.record("记下");
  await room.tap("暂停");
  await expect(treating.page.getByRole("button", { name: "做完，下一步" })).toBeDisabled();
  await room.tap("继续");
  while (!(await room.now.innerText()).includes("护理后测量")) await room.finishStep();

  await room.measure("面颊", "17", { 含水量: "46.5" }).then((dialog) => expect(dialog).toBeHidden());
  await expect(treating.page.getByRole("table", { name: "面颊，护理前后" })).toContainText("+50 %");
  await room.finishStep();

  await expect(room.now).toContainText("舒适与感受");
  await treating.page.getByRole("radio", { name: "5", exact: true }).check({ force: true });
  await room.finishStep();
  await treating.page.getByLabel("她提到的需要").fill("想问防晒");
  await treating.page.getByRole("checkbox", { name: "已送点心和饮品" }).check();
  await room.finishStep();
  await treating.page.getByLabel("镜子里看得到的效果").fill("不红了，水润");
  await room.tap("结束护理");
  await expect(treating.page.getByRole("heading", { name: "护理已结束" })).toBeVisible();
  await room.tap("补一条");
  const addendum = treating.page.getByRole("dialog", { name: "记一笔" });
  await addendum.getByLabel("记什么").fill("走时脸不红");
  await addendum.getByRole("button", { name: "记下" }).click();
  await expect(room.record.getByRole("listitem").filter({ hasText: "走时脸不红" })).toContainText("结束后补的");

  await tablet.setOffline(false);
  await expect(treating.syncMark).toHaveAccessibleName(/已全部保存/);
  const atTheDesk = new Room(desk.page);
  await atTheDesk.open("林静");
  for (const line of ["她很累", "舒适 5 / 5", "想问防晒", "不红了，水润", "走时脸不红"]) {
    await expect(atTheDesk.record).toContainText(line);
  }
  await expect(atTheDesk.steps.getByRole("listitem").first()).toContainText(/\d+ \/ 5 分/);
  await desk.openFile(HER);
  await desk.tab("皮肤");
  await desk.page.getByRole("radio", { name: "含水量" }).check({ force: true });
  await expect(desk.page.getByRole("table", { name: "含水量" })).toContainText("先写的是 310 %");
});

/** M6-17, M6-22, S11 */
test("what her skin answers to is recorded with what was done at once, and asks a senior until somebody has seen to it", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const treating = new App((await device("tablet")).page, salon.url);
  await treating.comeIn("护理室", salon.person("李婉清"));
  await treating.openFile(HER);
  await treating.tab("护理");
  const room = new Room(treating.page);
  const care = new Care(treating.page);
  await room.enter();
  await care.skinIsFine();
  await room.tap(/^开始护理$|^已经开始了/);
  await room.tap("开启产品");
  await care.chooseIn("神经酰胺修复霜", "XF2603", "面颊");
  await care.record("记下");
  await room.tap("顾客不适");
  const reaction = treating.page.getByRole("dialog", { name: "顾客不适" });
  await expect(reaction.getByRole("checkbox", { name: "修复" })).toBeChecked();
  for (const step of ["停手，取下产品", "清水洗净"]) await reaction.getByRole("checkbox", { name: step }).check({ force: true });
  await reaction.getByRole("button", { name: "记下" }).click();
  await expect(reaction).toContainText("选一个");
  await reaction.getByRole("radio", { name: "发红" }).check({ force: true });
  await reaction.getByRole("button", { name: "记下" }).click();
  await expect(reaction).toBeHidden();

  await room.tap("开启产品");
  await care.chooseIn("神经酰胺修复霜", "XF2603", "额头");
  await expect(care.verdict).toContainText("要顾问或店长批准");
  await care.dialog.getByRole("button", { name: "关闭" }).click();

  while ((await room.now.count()) > 0) await room.skipStep();
  await room.tap("结束护理");
  await expect(room.record).toContainText("停手，取下产品、清水洗净");
  await treating.page.getByLabel("怎么处理的").fill("冷敷后消退");
  await room.tap("处理好了");
  await expect(room.record).toContainText("已处理·冷敷后消退");
  await treating.openFile(HER);
  await treating.tab("护理");
  await care.choose("神经酰胺修复霜", "XF2603", "额头");
  await expect(care.verdict).toContainText("可以用");
});

/** The whole is interrupted, taken over and continued elsewhere. */
test("a tablet that is closed in the middle goes on where it stood, and a colleague takes over on another", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const tablet = await device("tablet");
  const first = new App(tablet.page, salon.url);
  await first.comeIn("护理室", salon.person("林静"));
  await first.openFile(HER);
  await first.tab("护理");
  const room = new Room(first.page);
  await room.enter();
  await new Care(first.page).skinIsFine();
  await room.tap(/^开始护理$|^已经开始了/);
  await room.finishStep();
  await expect(room.now).toContainText("护理前测量");
  await expect(first.syncMark).toHaveAccessibleName(/已全部保存/);
  await first.page.reload();
  await first.signIn(salon.person("林静"));
  await first.openFile(HER);
  await first.tab("护理");
  await room.open("林静");
  await expect(room.now).toContainText("护理前测量");

  const other = new App((await device("tablet")).page, salon.url);
  await other.comeIn("护理室", salon.person("陈静"));
  await other.openFile(HER);
  await other.tab("护理");
  const elsewhere = new Room(other.page);
  await elsewhere.open("林静");
  await expect(other.page.getByRole("main")).toContainText("林静在做");
  await elsewhere.tap("是她，我来接着做");
  await elsewhere.finishStep();
  await expect(elsewhere.step("护理前测量")).toContainText("约");
  await expect(first.page.getByRole("main")).toContainText("陈静在做");
  await expect(room.step("护理前测量")).toContainText("约");
});

/** F10 at every step (`beyond` 1): what the screen called saved is there after the kill, and once in the salon. */
test("a tablet that is killed after every step of a treatment without network has it all, and the salon has it once", async ({ device }) => {
  test.setTimeout(240_000);
  const salon = await Salon.open({ isDemo: true });
  const beautician = salon.person("林静");
  const tablet = await device("tablet");
  let treating = new App(tablet.page, salon.url);
  await treating.comeIn("护理室", beautician);
  await treating.openFile(HER);
  await treating.tab("护理");
  let room = new Room(treating.page);
  await room.enter();
  const address = new URL(treating.page.url()).pathname;
  await expect.poll(() => treating.mayRestartOffline(), { timeout: 60_000 }).toBe(true);
  await tablet.setOffline(true);

  // A form closes once what it says is saved; anything else says so.
  const killed = async (said = "已保存在这台平板"): Promise<void> => {
    await expect(treating.page.getByRole("main").getByText(said).last()).toBeVisible();
    await tablet.killAndStart();
    await tablet.setOffline(true);
    treating = await App.openedBy(beautician, tablet.page, salon.url);
    await treating.openFile(HER);
    await treating.tab("护理");
    await treating.page.locator(`a[href="${address}"]`).first().click();
    room = new Room(treating.page);
  };

  await new Care(treating.page).skinIsFine();
  await killed();
  await expect(treating.page.getByRole("main")).toContainText("看过，没有伤口");
  await room.tap(/^开始护理$|^已经开始了/);
  await expect(room.now).toContainText("准备");
  await killed();
  const steps = await room.steps.getByRole("listitem").count();
  for (let step = 0; step < steps; step += 1) {
    if ((await room.now.innerText()).includes("护理前测量")) {
      await room.measure("面颊", "15", { 含水量: "31" }).then((dialog) => expect(dialog).toBeHidden());
      await killed("已测 1 处");
      await expect(treating.page.getByRole("main")).toContainText("已测 1 处");
    }
    await room.finishStep();
    await killed();
    await expect(room.done).toHaveCount(step + 1);
  }
  await room.tap("结束护理");
  await expect(treating.page.getByRole("heading", { name: "护理已结束" })).toBeVisible();
  await killed();
  await expect(treating.page.getByRole("heading", { name: "护理已结束" })).toBeVisible();

  await tablet.setOffline(false);
  // She signed in without the salon: it asks her to do so once more.
  await expect(treating.syncMark).toHaveAccessibleName(/已全部保存|^要处理$/, { timeout: 30_000 });
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  await desk.tab("护理");
  const read = new Room(desk.page);
  await read.open("林静");
  await expect(read.done).toHaveCount(steps);
  await expect(read.record.getByRole("listitem").filter({ hasText: "护理已结束" })).toHaveCount(1);
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});
