/** HTML that somebody types is read as what was typed, wherever it is shown; nothing of it comes alive. */

import type { BrowserContext } from "@playwright/test";
import { App } from "./pages/app.ts";
import { expect, test } from "./support/test.ts";

const IMAGE = '<img src=x onerror="window.hit=1;alert(1)">';
const VECTOR = '<svg onload="window.hit=1"><circle r="9"/></svg>';
const LINK = "javascript:window.hit=1";

/** H27 */
test("a name, a note and an allergy full of HTML are read as what was typed", async ({ device, salon }) => {
  const name = `华${IMAGE}`;
  const [desk, tablet] = [await device("desk"), await device("tablet")];
  const harm = await watchForHarm(desk.context, tablet.context);
  const consultant = new App(desk.page, salon.url);
  await consultant.comeIn("前台", salon.person("李婉清"));
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));

  await consultant.addCustomer(name);
  await consultant.tab("过敏");
  await consultant.addAllergy(VECTOR);
  await expect(consultant.allergy(VECTOR)).toBeVisible();
  await consultant.tab("沟通");
  await consultant.writeNote(`${IMAGE}${VECTOR} ${LINK}`);
  await expect(consultant.note(LINK)).toContainText(`${IMAGE}${VECTOR} ${LINK}`);

  await room.search("华<img");
  await expect(room.found(name)).toHaveCount(1);
  await room.found(name).click();
  for (const screen of [consultant, room]) {
    await expect(screen.page.getByRole("heading", { level: 1 })).toHaveText(name);
    await expect(screen.redStrip).toContainText(VECTOR);
    await screen.tab("过敏");
    await expect(screen.allergy(VECTOR)).toHaveCount(1);
    await screen.tab("沟通");
    await expect(screen.note(LINK)).toContainText(`${IMAGE}${VECTOR} ${LINK}`);
    await expectDead(screen);
  }
  expect(harm).toEqual([]);
});

/** H27 */
test("a name full of HTML is read as typed on the day's list, among what waits to be sent, and where two devices disagree", async ({ device, salon }) => {
  const name = `周${VECTOR}`;
  const [tablet, desk, other] = [await device("tablet"), await device("desk"), await device("desk")];
  const harm = await watchForHarm(tablet.context, desk.context, other.context);
  const consultant = new App(desk.page, salon.url);
  await consultant.comeIn("前台", salon.person("李婉清"));
  const colleague = new App(other.page, salon.url);
  await colleague.comeIn("前台", salon.person("孙若彤"));
  const room = new App(tablet.page, salon.url);
  await room.comeIn("护理室", salon.person("林静"));

  await consultant.addCustomer(name);
  await consultant.expectToday("林静");
  const expected = room.page.getByRole("region", { name: "预约" }).getByRole("link").filter({ hasText: name });
  await expect(expected).toHaveCount(1);
  await expectDead(room);

  await expected.click();
  await tablet.setOffline(true);
  await room.tab("过敏");
  await room.addAllergy(IMAGE);
  await room.syncMark.click();
  await expect(room.entries).toContainText(`加过敏：${IMAGE}`);
  await expect(room.entries).toContainText(name);
  await expectDead(room);
  await tablet.setOffline(false);

  const desks = [consultant, colleague];
  await colleague.openFile(name);
  for (const { context } of [desk, other]) await context.setOffline(true);
  await consultant.write("爱好", IMAGE);
  await colleague.write("爱好", LINK);
  for (const { context } of [desk, other]) await context.setOffline(false);
  for (const screen of desks) {
    for (const value of [IMAGE, LINK]) {
      await expect(screen.toCheck("爱好")).toContainText(value);
      await expect(screen.toCheck("爱好").getByRole("button", { name: `用这个：${value}` })).toBeVisible();
    }
    await expectDead(screen);
  }
  expect(harm).toEqual([]);
});

/** H27 */
test("a device's name and a reason for deletion that are full of HTML are read as typed", async ({ device, salon }) => {
  const [label, name, reason] = [`平板${IMAGE}`, `吴${LINK}`, `${VECTOR} ${IMAGE} ${LINK}`];
  const [management, tablet] = [await device("desk"), await device("tablet")];
  const harm = await watchForHarm(management.context, tablet.context);
  const office = new App(management.page, salon.url);
  await office.comeIn("管理", salon.person("陈静"));
  const room = new App(tablet.page, salon.url);

  await room.enrol(await office.newCode(label, "护理室"));
  await expect(room.page.getByRole("banner")).toContainText(label);
  await expectDead(room);
  await room.signIn(salon.person("林静"));
  await office.search("");
  await office.page.getByRole("link", { name: "设备" }).click();
  await expect(office.page.getByRole("list", { name: "设备" }).getByRole("listitem").filter({ hasText: label })).toHaveCount(1);
  await expectDead(office);

  await office.addCustomer(name);
  await office.askDeletion(reason);
  await room.openFile(name);
  for (const screen of [office, room]) {
    await expect(screen.main).toContainText("已申请删除这份档案");
    await expect(screen.main).toContainText(reason);
    await expectDead(screen);
  }
  expect(harm).toEqual([]);
});

declare global {
  interface Window {
    hit?: number;
    violations: string[];
  }
}

/** What markup that comes alive would do on any page: open a dialog, or break the page's own rules and be reported for it. */
async function watchForHarm(...contexts: BrowserContext[]): Promise<string[]> {
  const harm: string[] = [];
  for (const context of contexts) {
    await context.addInitScript(listenForViolations);
    context.on("console", (message) => {
      if (message.text().includes("Content Security Policy")) harm.push(message.text());
    });
    context.on("dialog", (dialog) => {
      harm.push(dialog.message());
      void dialog.dismiss();
    });
  }
  return harm;
}

function listenForViolations(): void {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (event) => window.violations.push(`${event.violatedDirective}: ${event.blockedURI}`));
}

async function expectDead({ page }: App): Promise<void> {
  await expect(page).toHaveTitle(/^[^<:]*心颜[^<:]*$/);
  await expect(page.getByRole("link", { name: /^javascript/ })).toHaveCount(0);
  expect(await page.evaluate(() => [...document.links].filter((link) => link.protocol === "javascript:").length)).toBe(0);
  expect(await page.evaluate(() => window.hit)).toBeUndefined();
  expect(await page.evaluate(() => window.violations)).toEqual([]);
}
