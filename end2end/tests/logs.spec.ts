/** What the program writes down for whoever runs it: never who anybody is, nor what was said. */

import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

/** H30 */
test("the most talkative log names no customer, no phone, no word of a note, and nothing in it comes alive", async ({ device }) => {
  const salon = await Salon.open({ isDemo: true, environment: { RUST_LOG: "trace" } });
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.addCustomer("司马南乔");
  await desk.write("手机", "19970004417");
  await desk.tab("沟通");
  await desk.writeNote("耳后发红\u001b[31m\r\n2026-11-22 ERROR 假的一行");
  await expect(desk.syncMark).toHaveAccessibleName(/已全部保存/);
  await desk.search("smnq");
  await expect(desk.found("司马南乔")).toBeVisible();
  await desk.search("没有这位");
  await expect(desk.main.getByText("没有找到").first()).toBeVisible();
  await salon.close();

  const log = salon.printed;
  expect(log.length, "or this would show nothing").toBeGreaterThan(10_000);
  for (const word of ["司马", "南乔", "smnq", "19970004417", "耳后", "假的一行", "没有这位", "\u001b[31m"]) {
    expect(log.includes(word), `${word} is in the log`).toBe(false);
  }
  await salon.stop();
});
