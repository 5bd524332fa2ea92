/** What a manager does about people and devices, as they see it. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";

test("somebody new signs in with the password that the manager read out, and is out as soon as she has left", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.page.getByRole("link", { name: "员工" }).click();
  await office.page.getByRole("button", { name: "加一位" }).click();
  const dialog = office.page.getByRole("dialog", { name: "加一位" });
  await dialog.getByLabel("姓名").fill("许知秋");
  await dialog.getByRole("button", { name: "保存" }).click();
  await expect(dialog.getByRole("alert")).toContainText("至少选一个岗位");
  await dialog.getByRole("checkbox", { name: "美容师" }).check({ force: true });
  await dialog.getByRole("button", { name: "保存" }).click();
  const password = await dialog.locator(".enrol-code__code").innerText();
  await dialog.getByRole("button", { name: "记下了" }).click();
  const her = office.page.getByRole("list", { name: "员工" }).getByRole("listitem").filter({ hasText: "许知秋" });
  await expect(her).toContainText("美容师");

  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", { name: "许知秋", role: "beautician", password });

  // The one that was read out does not stay.
  await room.page.getByRole("button", { name: "密码", exact: true }).click();
  const own = room.page.getByRole("dialog", { name: "换密码" });
  await own.getByLabel("现在的密码").fill("不是这一个密码呀");
  await own.getByLabel("新密码", { exact: true }).fill("春江潮水连海平");
  await own.getByLabel("再输一次新密码").fill("春江潮水连海平");
  await own.getByRole("button", { name: "换好" }).click();
  await expect(own.getByRole("alert")).toContainText("还差 3 个字");
  for (const again of ["新密码", "再输一次新密码"]) await own.getByLabel(again, { exact: true }).fill("春江潮水连海平，海上明月");
  await own.getByRole("button", { name: "换好" }).click();
  await expect(own.getByRole("alert")).toContainText("密码不对");
  await own.getByLabel("现在的密码").fill(password);
  await own.getByRole("button", { name: "换好" }).click();
  await expect(own).toBeHidden();
  await room.page.reload();
  await room.signIn({ name: "许知秋", role: "beautician", password: "春江潮水连海平，海上明月" });

  await her.getByRole("button", { name: "离店" }).click();
  const leaving = office.page.getByRole("dialog", { name: "离店" });
  await expect(leaving).toContainText("她写过的记录都留着");
  await leaving.getByRole("button", { name: "离店" }).click();
  await expect(her).toContainText("已离店");
  // One who is expected by customers still: their visits are not forgotten with her.
  await office.page.getByRole("listitem").filter({ hasText: "林静" }).getByRole("button", { name: "离店" }).click();
  await expect(leaving).toContainText(/今天起至少还有 \d+ 次到店排给了她/);
  await office.page.keyboard.press("Escape");
  await room.page.reload();
  await expect(room.page.getByRole("heading", { name: /您是哪一位/ })).toBeVisible();
  await expect(room.page.getByRole("button", { name: /^许知秋/ })).toHaveCount(0);
  await salon.stop();
});

/** H45 */
test("a tablet that is sent away hands in what it holds, keeps nothing, and can be added again", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const tablet = await device("tablet");
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await tablet.setOffline(true);
  await room.writeNote("停用前记下的");
  await expect(room.saved).toBeVisible();

  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.page.getByRole("link", { name: "设备" }).click();
  const card = office.page.getByRole("list", { name: "设备" }).getByRole("listitem").filter({ hasText: "护理室" });
  await card.getByRole("button", { name: "停用" }).click();
  await office.page.getByRole("dialog", { name: "停用" }).getByRole("button", { name: "停用" }).click();
  await expect(card).toContainText("已停用");

  await tablet.setOffline(false);
  await expect(room.page.getByRole("heading", { name: "登记这台设备" })).toBeVisible();
  await expect(room.page.getByText(/没交到店里/)).toHaveCount(0);
  expect(await room.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("xinyan row")))).toEqual([]);
  await expect(card, "what the manager sees without asking").toContainText("已清空顾客资料", { timeout: 40_000 });
  await office.page.reload();
  await office.signIn(salon.person("陈静"));
  await office.page.getByRole("link", { name: "设备" }).click();
  await expect(office.page.getByRole("list", { name: "还没收进档案的记录" }).getByRole("listitem")).toHaveCount(1);

  // As a new device it counts from the beginning.
  await room.enrolHere("护理室");
  await room.signIn(salon.person("林静"));
  await room.openFile(HER);
  await room.tab("沟通");
  await room.writeNote("重新登记以后记下的");
  await expect(room.saved).toBeVisible();
  // What waits for a manager is told here too, whatever the browser is now.
  await expect(room.syncMark).toHaveAccessibleName("1 条要处理");
  await room.syncMark.click();
  await room.entries.getByRole("button", { name: "知道了" }).click();
  await room.page.keyboard.press("Escape");
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存/);
  expect(salon.command("verify")).toContain("No differences");
  await salon.stop();
});

test("a code for a new device stays in sight when the screen locks, and nothing else does", async ({ device, salon }) => {
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.page.getByRole("link", { name: "设备" }).click();
  await office.page.getByRole("button", { name: "加一台" }).click();
  const dialog = office.page.getByRole("dialog", { name: "加一台设备" });
  await dialog.getByLabel("叫它什么").fill("护理室三号");
  await dialog.getByRole("button", { name: "出一个码" }).click();
  const code = await dialog.locator(".enrol-code__code").innerText();
  // As after a minute and a half in which nobody touched it.
  await office.page.clock.setFixedTime(Date.now() + 100_000);
  await office.page.mouse.click(600, 400);
  await expect(office.page.getByRole("region", { name: /锁屏/ })).toBeVisible();
  await expect(office.page.getByText(code)).toBeVisible();
  await expect(office.page.getByText("护理室三号")).toHaveCount(0);
});
