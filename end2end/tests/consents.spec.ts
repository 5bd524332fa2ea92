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
  for (const purpose of [HEALTH, CARE, OFFERS, "拍皮肤照片", "照片给别人看"]) await expect(desk.consent(purpose)).toContainText("未问");
  await expectAccessible(desk.page);
  await desk.recordConsent(HEALTH, "她同意");
  await expect(room.consent(HEALTH)).toContainText("李婉清");

  await front.setOffline(true);
  await desk.recordConsent(HEALTH, "她撤回同意", "电话里说的");
  await expect(desk.consent(HEALTH)).toContainText("已撤回");
  await expect(desk.redStrip).toContainText("不同意记录身体情况");
  await room.recordConsent(HEALTH, "她同意", "签了字");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  await expect(room.redStrip).not.toContainText("不同意");
  await front.setOffline(false);

  // Until somebody has asked her, she has taken it back; what is known of her stays in sight.
  for (const screen of [room, desk]) {
    await expect(screen.redStrip).toContainText("先问店长");
    await expect(screen.redStrip).toContainText("酒精");
    await expect(screen.consent(HEALTH)).toContainText("已撤回");
    await expect(screen.toCheck(HEALTH)).toContainText("签了字");
  }
  await expectAccessible(room.page);
  await room.tab("过敏");
  await expect(room.allergy("酒精")).toBeVisible();
  await expect(room.page.getByRole("button", { name: "加一项" })).toHaveCount(0);
  await expect(room.main.getByRole("status").filter({ hasText: "她不同意店里记录身体情况" })).toContainText("先问店长");
  await room.tab("问诊");
  await expect(room.page.getByRole("radiogroup", { name: /用药/ }).getByRole("radio").first()).toBeDisabled();
  await expectAccessible(room.page);
  await room.tab("概览");
  await expect(room.main.getByRole("status").filter({ hasText: "她不同意这些" })).toContainText(HEALTH);

  await desk.toCheck(HEALTH).getByRole("button", { name: /^用这个：同意/ }).click();
  for (const screen of [room, desk]) await expect(screen.redStrip).not.toContainText("不同意");
  await desk.consent(HEALTH).getByText(/^以前 \d 条$/).click();
  await expect(desk.consent(HEALTH).getByRole("listitem").filter({ hasText: "电话里说的" })).toContainText("不同意");
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
  await desk.recordConsent(OFFERS, "她不同意", "发消息说的");
  await expect(desk.consent(OFFERS)).toContainText("不同意");
  await desk.tab("概览");

  await expect(desk.fact("手机")).toContainText("19970008801");
  await expect(desk.fact("手机")).toContainText(OFFERS);
  await expect(desk.fact("手机").getByRole("link")).toHaveCount(0);
  await expectAccessible(desk.page);
});
