/** What a customer lets the salon do, and what stops when she takes it back. */

import { App } from "./pages/app.ts";
import { expect, expectAccessible, test } from "./support/test.ts";

const HEALTH = "记录身体情况";
const CARE = "回访和预约联系";
const OFFERS = "优惠和活动消息";

test("what she takes back at a desk without network counts everywhere, although the room has heard otherwise", async ({ device, salon }) => {
  const her = "钟离明月";
  const front = await device("desk");
  const desk = new App(front.page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await desk.addCustomer(her);
  await desk.tab("过敏");
  await desk.addAllergy("酒精");
  await room.openFile(her);
  await room.tab("同意");
  await desk.tab("同意");
  for (const purpose of [HEALTH, CARE, OFFERS, "拍皮肤照片", "照片给别人看"]) await expect(desk.consents.for(purpose)).toContainText("未问");
  await expectAccessible(desk.page);
  await desk.consents.record(HEALTH, "她同意");
  await expect(room.consents.for(HEALTH)).toContainText("李婉清");

  await front.setOffline(true);
  await desk.consents.record(HEALTH, "她撤回同意", "电话里说的");
  await expect(desk.consents.for(HEALTH)).toContainText("已撤回");
  await expect(desk.redStrip).toContainText("不同意记录身体情况");
  await room.consents.record(HEALTH, "她同意", "签了字");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.redStrip).not.toContainText("不同意");
  await front.setOffline(false);

  // Until somebody has asked her, she has taken it back; what is known of her stays in sight.
  for (const screen of [room, desk]) {
    await expect(screen.redStrip).toContainText("先问店长");
    await expect(screen.redStrip).toContainText("酒精");
    await expect(screen.consents.for(HEALTH)).toContainText("已撤回");
    await expect(screen.toCheck(HEALTH)).toContainText("签了字");
  }
  await expectAccessible(room.page);
  await room.tab("过敏");
  await expect(room.allergy("酒精")).toBeVisible();
  // What she says of an allergy is written down all the same.
  await expect(room.page.getByRole("button", { name: "加一项" })).toHaveCount(1);
  await expect(room.main.getByRole("status").filter({ hasText: "她不同意店里记录身体情况" })).toContainText("先问店长");
  await room.tab("问诊");
  const medication = room.page.getByRole("radiogroup", { name: /用药/ });
  for (const said of ["没有", "未问", "不愿答"]) await expect(medication.getByRole("radio", { name: said })).toBeDisabled();
  // What she says for her own safety is written down all the same.
  await expect(medication.getByRole("radio", { name: "有", exact: true })).toBeEnabled();
  await room.tab("概览");
  await expect(room.main.getByRole("status").filter({ hasText: "她不同意这些" })).toContainText(HEALTH);

  await desk.toCheck(HEALTH).getByRole("button", { name: /^用这个：同意/ }).click();
  for (const screen of [room, desk]) await expect(screen.redStrip).not.toContainText("不同意");
  await desk.consents.for(HEALTH).getByText(/^以前 \d 条$/).click();
  await expect(desk.consents.for(HEALTH).getByRole("listitem").filter({ hasText: "电话里说的" })).toContainText("不同意");
  await room.tab("问诊");
  await room.answer(/用药/, "没有");
  await expect(room.saved.first()).toBeVisible();
});

test("her number does not invite to be called once she wants no calls, and can still be read", async ({ device, salon }) => {
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("孙若彤"));
  await desk.addCustomer("令狐晚晴");
  await desk.write("手机", "19970008801");
  await expect(desk.fact("手机").getByRole("link", { name: "19970008801" })).toHaveAttribute("href", "tel:19970008801");

  await desk.tab("同意");
  await desk.consents.record(OFFERS, "她不同意", "发消息说的");
  await expect(desk.consents.for(OFFERS)).toContainText("不同意");
  await desk.tab("概览");

  await expect(desk.fact("手机")).toContainText("19970008801");
  await expect(desk.fact("手机")).toContainText(OFFERS);
  await expect(desk.fact("手机").getByRole("link")).toHaveCount(0);
  await expectAccessible(desk.page);
});

test("nobody is offered to call her about what she does not want; a call from a desk that did not know is kept and marked", async ({ device, salon }) => {
  const her = "端木清秋";
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  const branch = await device("desk");
  const other = new App(branch.page, salon.url);
  await other.comeIn("前台", salon.person("孙若彤"));
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await desk.addCustomer(her);
  await desk.tab("联系");
  const unasked = await desk.contacts.begin("记一次联系");
  await expect(unasked.getByLabel("什么事").getByRole("option", { name: "优惠活动" })).toHaveCount(0);
  await expect(unasked).toContainText("没有得到她的同意");
  await desk.page.keyboard.press("Escape");
  await desk.tab("同意");
  await desk.consents.record(OFFERS, "她同意");
  for (const screen of [other, room]) await screen.openFile(her);

  await branch.setOffline(true);
  await desk.tab("同意");
  await desk.consents.record(OFFERS, "她撤回同意", "电话里说的");
  await desk.tab("联系");
  const dialog = await desk.contacts.begin("记一次联系");
  const about = dialog.getByLabel("什么事");
  await expect(about.getByRole("option", { name: "优惠活动" })).toHaveCount(0);
  await expect(dialog).toContainText(OFFERS);
  await expectAccessible(desk.page);
  await desk.contacts.tell(dialog, "她找店里");
  await expect(about.getByRole("option", { name: "优惠活动" })).toHaveCount(1);
  await desk.contacts.tell(dialog, "店里找她");
  await dialog.getByRole("button", { name: "记下" }).click();
  for (const missing of ["选一个", "选一件事"]) await expect(dialog.getByRole("alert").filter({ hasText: missing })).toBeVisible();
  await desk.contacts.tell(dialog, "电话", "联系上了");
  await about.selectOption({ label: "护理后回访" });
  await dialog.getByLabel("说了什么").fill("脸不红了，周六再来");
  await dialog.getByRole("button", { name: "记下" }).click();
  await expect(desk.contacts.with("脸不红了")).toContainText("护理后回访");

  // She is told of the offer by somebody who could not know.
  await other.tab("联系");
  const late = await other.contacts.begin("记一次联系");
  await other.contacts.tell(late, "店里找她", "微信", "没联系上");
  await late.getByLabel("什么事").selectOption({ label: "优惠活动" });
  await late.getByRole("button", { name: "记下" }).click();
  await expect(other.contacts.with("优惠活动")).toContainText("尚未上传到店里");
  await expect(other.contacts.with("优惠活动")).not.toContainText("不同意");
  await branch.setOffline(false);
  for (const screen of [desk, other]) {
    await expect(screen.contacts.with("优惠活动")).toContainText("她已经不同意这类联系");
    await expect(screen.contacts.with("优惠活动")).toContainText("没联系上");
    await expect(screen.contacts.all).toHaveCount(2);
  }

  await room.tab("联系");
  await expect(room.contacts.with("脸不红了")).toBeVisible();
  const heard = await room.contacts.begin("记她当面说的");
  await expect(heard.getByRole("radio")).toHaveCount(0);
  await heard.getByLabel("什么事").selectOption({ label: "投诉" });
  await heard.getByLabel("说了什么").fill("上次的房间太冷");
  await heard.getByRole("button", { name: "记下" }).click();
  await expect(desk.contacts.with("上次的房间太冷")).toContainText("她找店里");
  await expectAccessible(desk.page);
});

test("a copy of her data says what she agreed to, what she took back, and who got in touch with her", async ({ device, salon }) => {
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.addCustomer("淳于静好");
  await office.tab("同意");
  await office.consents.record(CARE, "她同意", "签了字");
  await office.consents.record(CARE, "她撤回同意", "发消息说的");
  await office.tab("联系");
  const dialog = await office.contacts.begin("记一次联系");
  await office.contacts.tell(dialog, "她找店里", "电话");
  await dialog.getByLabel("什么事").selectOption({ label: "其他事" });
  await dialog.getByLabel("说了什么").fill("围巾落在店里了");
  await dialog.getByRole("button", { name: "记下" }).click();
  await expect(office.contacts.with("围巾")).toBeVisible();
  await expect(office.syncMark).toHaveAccessibleName(/已全部保存/);
  await office.tab("概览");
  await office.page.getByRole("link", { name: "给她一份资料" }).click();
  const copy = office.main.getByRole("article");
  for (const words of ["签了字", "发消息说的", "围巾落在店里了"]) await expect(copy).toContainText(words);
  await expectAccessible(office.page);
});
