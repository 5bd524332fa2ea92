/** The two-part slip: the gate's word beside every line while it is being written, on paper and for whoever carries it out. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

/** M5-11 to M5-16, M5-19 */
test("a slip says beside every line what the gate thinks of it, and goes on paper", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true });
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile("林晓雨");
  await desk.tab("方案");
  await desk.page.getByRole("button", { name: "开方案" }).click();
  const slip = desk.page.getByRole("dialog", { name: "开方案" });
  await slip.getByRole("button", { name: "记下" }).click();
  await expect(slip.getByRole("alert").first()).toContainText("至少要有一行");

  const course = slip.getByRole("group", { name: "疗程" });
  await course.getByLabel("项目").selectOption({ label: "补水保湿护理" });
  await expect(course.getByRole("checkbox", { name: "面颊" })).toBeChecked();
  await course.getByLabel("隔几天一次").fill("3");
  // Her cheeks were peeled three weeks ago, and she is allergic to what is in it.
  await course.getByRole("checkbox", { name: "烟酰胺美白精华" }).check({ force: true });
  await expect(course.locator(".verdict")).toContainText("不可使用");
  await expect(course.locator(".verdict")).toContainText("做过换肤");
  await course.getByRole("checkbox", { name: "烟酰胺美白精华" }).uncheck({ force: true });
  await course.getByRole("checkbox", { name: "神经酰胺修复霜" }).check({ force: true });
  await expect(course.locator(".verdict")).toContainText("可以用");

  await slip.getByRole("button", { name: "加一样家居产品" }).click();
  const home = slip.getByRole("group", { name: "家居护理" });
  await home.getByLabel("产品").selectOption({ label: "物理防晒乳" });
  await home.getByLabel("怎么用").fill("每天出门前涂，两小时补一次");
  await expect(home.locator(".verdict")).toContainText("可以用");
  await slip.getByLabel("预期效果").fill("四周后含水量回到 35 以上");
  await slip.getByLabel("可能的风险").fill("头两次可能微红，一小时内消退");
  await slip.getByRole("radio", { name: "当面" }).check({ force: true });
  await slip.getByRole("button", { name: "记下" }).click();
  await expect(slip).toBeHidden();

  const written = desk.page.getByRole("list", { name: "方案（二联单）" }).getByRole("listitem");
  await expect(written).toContainText("10 次，每 3 天一次");
  await expect(written).toContainText("她同意了");
  await written.getByRole("link", { name: "打印" }).click();
  const paper = desk.page.getByRole("article");
  for (const words of ["林晓雨", "补水保湿护理", "每天出门前涂", "四周后含水量", "头两次可能微红", "顾客签名"]) await expect(paper).toContainText(words);

  // In the room it is read, and nobody there writes one.
  const room = new App((await device("tablet")).page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await room.openFile("林晓雨");
  await room.tab("方案");
  await expect(room.page.getByRole("list", { name: "方案（二联单）" })).toContainText("每天出门前涂");
  await expect(room.page.getByRole("button", { name: "开方案" })).toHaveCount(0);
});
