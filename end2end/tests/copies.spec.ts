/** A customer asks what the salon has of her. */

import { App } from "./pages/app.ts";
import { expect, expectAccessible, test } from "./support/test.ts";

test("a manager gives a customer everything the salon has of her, on paper and for a machine; nobody else can", async ({ device, salon }) => {
  const office = new App((await device("desk")).page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  await office.openFile("林晓雨", "A1001");
  await office.page.getByRole("link", { name: "给她一份资料" }).click();
  const copy = office.main.getByRole("article");
  for (const word of ["林晓雨", "19971000003", "酒精", "换了新的洁面", "破坏性项目"]) await expect(copy).toContainText(word);
  await expectAccessible(office.page);
  const address = await copy.getByRole("link", { name: "下载 JSON" }).getAttribute("href");
  const told = decodeURIComponent(address?.split(",", 2)[1] ?? "");
  expect(told).toContain("19971000003");
  const { readings } = JSON.parse(told) as { readings: { how: string }[] };
  expect(readings.map(({ how }) => how)).toContain("copied");
  await office.page.emulateMedia({ media: "print" });
  await expect(copy.getByRole("button", { name: "打印" })).toBeHidden();
  await expect(copy).toBeVisible();
  await office.page.emulateMedia({ media: "screen" });

  const desktop = await device("desk");
  const desk = new App(desktop.page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile("林晓雨", "A1001");
  await expect(desk.page.getByRole("link", { name: "给她一份资料" })).toHaveCount(0);
  // A look from a device without network is told as well, once it is back.
  await desktop.setOffline(true);
  await desk.openFile("袁春梅");
  await expect(desk.syncMark).toHaveAccessibleName(/离线/);
  await expect(desk.syncMark).not.toHaveAccessibleName(/条/);
  await desktop.setOffline(false);
  await expect(async () => {
    await office.openFile("袁春梅");
    await office.page.getByRole("link", { name: "给她一份资料" }).click();
    await expect(office.main.getByRole("article")).toContainText("李婉清", { timeout: 1_000 });
  }).toPass();
  await desk.openFile("林晓雨", "A1001");
  const file = new URL(desk.page.url()).pathname.split("/")[2];
  const answer = await desk.page.evaluate(
    (customer) => fetch("/api/customers/copy", { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ customer }) }).then((reply) => reply.text()),
    file,
  );
  expect(JSON.parse(answer)).toEqual({ Err: "none" });
});
