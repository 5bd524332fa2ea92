/** The demo salon as it looks, for the README and for whoever judges the screens. */

import { join } from "node:path";
import { App } from "../tests/pages/app.ts";
import { Care } from "../tests/pages/care.ts";
import { Room } from "../tests/pages/room.ts";
import { expect, test } from "../tests/support/test.ts";

const HER = "林晓雨";

test("the treatment room's tablet", async ({ device, salon }) => {
  const { page } = await device("tablet");
  const room = new App(page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));
  await expect(page.locator(".next-visit, .empty").first()).toBeVisible();
  await page.screenshot({ path: picture("today") });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: picture("tablet-dark-today") });
  await page.emulateMedia({ colorScheme: "light" });
  await room.openFile(HER);
  await room.tab("概览");
  await page.screenshot({ path: picture("customer-file") });
  await room.tab("问诊");
  await page.screenshot({ path: picture("history") });
  await room.tab("护理");
  const treatment = new Room(page);
  await treatment.enter();
  await new Care(page).skinIsFine();
  await treatment.tap(/^开始护理$|^已经开始了/);
  await treatment.finishStep();
  await treatment.measure("面颊", "15", { 含水量: "31", 泛红指数: "24" }).then((dialog) => expect(dialog).toBeHidden());
  await treatment.tap("调整");
  await page.getByRole("dialog", { name: "调整" }).getByRole("button", { name: "手法轻一点" }).click();
  await treatment.finishStep();
  await expect(page.getByRole("button", { name: "做完，下一步" })).toBeEnabled();
  await page.screenshot({ path: picture("treatment") });
});

test("the desk", async ({ device, salon }) => {
  const { page } = await device("desk");
  const desk = new App(page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.search("lxy");
  await page.screenshot({ path: picture("desk-customers") });
});

test("in English, and on a phone", async ({ device, salon }) => {
  const { page } = await device("phone");
  const owner = new App(page, salon.url);
  await owner.comeIn("管理", salon.person("王秀兰"));
  await owner.openFile(HER);
  await page.screenshot({ path: picture("phone-file") });
  await page.evaluate(() => localStorage.setItem("xinyan language", JSON.stringify("en")));
  await page.setViewportSize({ width: 1180, height: 820 });
  await page.reload();
  const person = salon.person("王秀兰");
  await page.getByRole("button", { name: new RegExp(`^${person.name}`) }).click();
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Not now" }).click({ timeout: 5_000 }).catch(() => undefined);
  await expect(page.getByRole("heading", { name: new RegExp(HER), level: 1 })).toBeVisible();
  await page.screenshot({ path: picture("file-en") });
});

function picture(name: string): string {
  return join(import.meta.dirname, `${name}.png`);
}
