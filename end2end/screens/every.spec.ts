/** Every screen at three sizes, in both languages, light and dark, for whoever judges them: `test-results/every/`, kept by nobody. */

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { App } from "../tests/pages/app.ts";
import { Room } from "../tests/pages/room.ts";
import { Salon } from "../tests/support/salon.ts";
import { expect, test } from "../tests/support/test.ts";

const HER = "林晓雨";
const SIZES = { phone: [390, 844], tablet: [1180, 820], desk: [1440, 900] } as const;
const FOLDER = join(import.meta.dirname, "../test-results/every");

for (const [language, words] of Object.entries({
  "zh-CN": { password: "密码", signIn: "登录", later: "以后再说", lock: "锁屏" },
  "zh-TW": { password: "密碼", signIn: "登入", later: "以後再說", lock: "鎖定" },
  en: { password: "Password", signIn: "Sign in", later: "Not now", lock: "Lock" },
})) {
  test(`every screen in ${language}`, async ({ device }) => {
    const salon = await Salon.open({ isDemo: true });
    test.setTimeout(600_000);
    const { page } = await device("desk");
    const owner = new App(page, salon.url);
    const person = salon.person("王秀兰");
    await owner.comeIn("管理", person);
    await owner.openFile(HER);
    const file = new URL(page.url()).pathname;
    // One treatment that runs, so that its screen has something to say.
    await owner.tab("护理");
    const room = new Room(page);
    await room.enter();
    const ahead = new URL(page.url()).pathname;
    await take(page, `${language}-room-ahead`);
    await room.tap(/^开始护理$|^已经开始了/);
    await room.finishStep();
    await room.measure("面颊", "15", { 含水量: "31", 泛红指数: "24" }).then((dialog) => expect(dialog).toBeHidden());
    await page.evaluate((language) => localStorage.setItem("xinyan language", JSON.stringify(language)), language);
    await page.reload();
    await expect(page.getByRole("button", { name: new RegExp(`^${person.name}`) })).toBeVisible();
    await take(page, `${language}-door`);
    await page.getByRole("button", { name: new RegExp(`^${person.name}`) }).click();
    await take(page, `${language}-password`);
    await page.getByLabel(words.password, { exact: true }).fill(person.password);
    await page.getByRole("button", { name: words.signIn, exact: true }).click();
    const later = page.getByRole("button", { name: words.later });
    await expect(later).toBeVisible();
    await take(page, `${language}-pin`);
    await later.click();
    for (const [name, path] of [
      ["file", file],
      ["history", `${file}/history`],
      ["allergies", `${file}/allergies`],
      ["skin", `${file}/skin`],
      ["plan", `${file}/plan`],
      ["care", `${file}/care`],
      ["room", ahead],
      ["notes", `${file}/notes`],
      ["contacts", `${file}/contacts`],
      ["consents", `${file}/consents`],
      ["customers", "/customers"],
      ["today", "/"],
      ["devices", "/devices"],
      ["people", "/people"],
      ["furnishing", "/furnishing"],
      ["copy", file.replace("customers", "copies")],
    ] as const) {
      await follow(page, path);
      await take(page, `${language}-${name}`);
    }
    await page.getByRole("button", { name: words.lock, exact: true }).click();
    await take(page, `${language}-lock`);
  });
}

/** A link of the app's own, so that nobody has to sign in again. */
async function follow(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.evaluate((path) => {
    const link = Object.assign(document.createElement("a"), { href: path });
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForURL(`**${path}`);
  await expect(page.locator(".skeleton")).toHaveCount(0);
}

async function take(page: Page, name: string): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const [size, [width, height]] of Object.entries(SIZES)) {
      await page.setViewportSize({ width, height });
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      await page.screenshot({ path: join(FOLDER, `${name}-${colorScheme}-${size}.png`) });
    }
  }
}
