/** A consultant at the desk, with a customer in front of her and a manager behind. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

test("whoever is about to be written down a second time is shown first", async ({ device, salon }) => {
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);
  const phone = (await desk.fact("手机").innerText()).replaceAll(/\D/g, "");

  await desk.search(phone);
  await expect(desk.found(HER)).toHaveCount(1);
  await desk.search(phone.slice(0, 7));
  await expect(desk.found(HER)).not.toHaveCount(0);

  await desk.search("");
  await desk.page.getByRole("button", { name: "新顾客" }).click();
  const dialog = desk.page.getByRole("dialog", { name: "新顾客" });
  await dialog.getByLabel("姓名").fill("林小雨");
  await expect(dialog.getByText("可能已经有她了")).toHaveCount(0);
  await dialog.getByLabel("手机").fill(`${phone.slice(0, 3)} ${phone.slice(3, 7)} ${phone.slice(7)}`);
  await dialog.getByRole("link", { name: new RegExp(HER) }).click();
  await expect(desk.page.getByRole("heading", { name: new RegExp(HER), level: 1 })).toBeVisible();
});

test("what was typed for a new customer is still there after the screen was locked", async ({ device, salon }) => {
  const consultant = salon.person("孙若彤");
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", consultant);
  await desk.search("");
  await desk.page.getByRole("button", { name: "新顾客" }).click();
  const dialog = desk.page.getByRole("dialog", { name: "新顾客" });
  await dialog.getByLabel("姓名").fill("慕容秋水");
  // The screen is locked by itself while the dialog is open.
  await desk.page.getByRole("button", { name: "锁屏", exact: true, includeHidden: true }).dispatchEvent("click");
  await desk.password.fill(consultant.password);
  await desk.page.getByRole("button", { name: "登录", exact: true }).click();

  await desk.page.getByRole("button", { name: "新顾客" }).click();

  await expect(dialog.getByLabel("姓名")).toHaveValue("慕容秋水");
});

test("a day that is over, a birthday to come and an allergy that is known are told in plain words", async ({ device, salon }) => {
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER);

  await desk.page.getByRole("button", { name: "约到店" }).click();
  const visit = desk.page.getByRole("dialog", { name: "约到店" });
  await visit.getByLabel("哪一天").fill("2020-01-01");
  await visit.getByLabel("美容师").selectOption({ label: "林静" });
  await visit.getByRole("button", { name: "约好" }).click();
  await expect(visit).toContainText("不能约在过去的日子");
  await desk.page.keyboard.press("Escape");

  await desk.page.getByRole("button", { name: "修改生日", exact: true }).click();
  const birthday = desk.page.getByRole("dialog", { name: "修改生日" });
  await birthday.getByLabel("生日").fill("2099-01-01");
  await birthday.getByRole("button", { name: "保存" }).click();
  await expect(birthday).toContainText("这一天还没有到");
  await desk.page.keyboard.press("Escape");

  await desk.tab("过敏");
  const before = await desk.page.getByRole("list", { name: "过敏和禁忌" }).getByRole("listitem").count();
  await desk.addAllergy("酒精");
  await expect(desk.page.getByRole("dialog", { name: "加一项过敏" })).toContainText("她的过敏里已经有这一项了");
  await desk.page.keyboard.press("Escape");
  await expect(desk.page.getByRole("list", { name: "过敏和禁忌" }).getByRole("listitem")).toHaveCount(before);
});

test("a phone that was corrected can still be read where it is corrected", async ({ device, salon }) => {
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.addCustomer("上官云珠");
  await desk.write("手机", "19979990001");
  await desk.write("手机", "19979990002");

  await desk.page.getByRole("button", { name: "修改手机", exact: true }).click();

  const before = desk.page.getByRole("dialog", { name: "修改手机" }).getByRole("list", { name: "以前写的" });
  await expect(before).toContainText("19979990001");
  await expect(before).toContainText("李婉清");
});

test("her own words are saved as soon as she goes on to something else", async ({ device, salon }) => {
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.addCustomer("司徒静婉");
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);
  await room.openFile("司徒静婉");
  await room.tab("问诊");
  await room.answer(/用药/, "有");
  const words = room.page.getByRole("textbox", { name: "她的话" }).first();

  await words.fill("维A酸，外用，晚上");
  await room.tab("沟通");

  await desk.tab("问诊");
  await expect(desk.page.getByRole("textbox", { name: "她的话" }).first()).toHaveValue("维A酸，外用，晚上");
});

/** F43 */
test("what somebody wrote before she left is on the strip at once, and a manager takes it in or leaves it out", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("周小梅"));
  await room.openFile(HER);
  await room.tab("沟通");
  await tablet.setOffline(true);
  await room.writeNote("离店那天写的最后一条");
  await expect(room.saved).toBeVisible();
  await room.tab("过敏");
  await room.addAllergy("芦荟");
  await expect(room.allergy("芦荟")).toBeVisible();

  salon.command("staff", "disable", "周小梅");
  await tablet.setOffline(false);
  await expect(room.syncMark).toHaveAccessibleName(/要处理/);

  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.page.getByRole("link", { name: "设备" }).click();
  const aside = office.page.getByRole("list", { name: "还没收进档案的记录" }).getByRole("listitem");
  await expect(aside).toHaveCount(2);
  const allergy = aside.filter({ hasText: "芦荟" });
  await expect(allergy).toContainText("周小梅");
  await expect(allergy).toContainText("已经离店");
  await expect(aside.filter({ hasText: "记一笔" })).toContainText("离店那天写的最后一条");
  await allergy.getByRole("link", { name: HER }).click();
  await expect(office.redStrip).toContainText("芦荟");
  await expect(office.redStrip).toContainText("有 2 条记录还没收进来");
  await office.tab("过敏");
  await expect(office.allergy("芦荟")).toHaveCount(0);

  await office.page.getByRole("link", { name: "设备" }).click();
  await allergy.getByRole("button", { name: "收进档案" }).click();
  await expect(aside).toHaveCount(1);
  await aside.getByRole("button", { name: "不收" }).click();
  const dialog = office.page.getByRole("dialog", { name: "这条不收" });
  await dialog.getByRole("button", { name: "不收" }).click();
  await expect(dialog.getByRole("alert")).toBeVisible();
  await dialog.getByLabel("为什么不收").fill("当面问过，没有这回事");
  await dialog.getByRole("button", { name: "不收" }).click();
  await expect(aside).toHaveCount(0);

  await office.openFile(HER);
  await office.tab("过敏");
  await expect(office.allergy("芦荟")).toContainText("周小梅");
  await expect(office.redStrip).toContainText("芦荟");
  await expect(office.redStrip).not.toContainText("没收进来");

  // A colleague on the tablet has nothing to look at: it is decided.
  await room.page.reload();
  await room.signIn(salon.person("林静"));
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});
