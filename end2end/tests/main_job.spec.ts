/** The job that everything else stands on, played once from an empty salon to the last assertion. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { App } from "./pages/app.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const ROOT = join(import.meta.dirname, "../..");
/** A real salon's workbook where there is one beside the project; otherwise a small one of our own, of the same kind. */
const BIG = join(ROOT, "../shared/data/customers.xlsx");
const WORKBOOK = existsSync(BIG) ? BIG : join(import.meta.dirname, "../samples/customers.csv");
/** In both workbooks: nobody has asked her about allergies, and a laser course without a full date is on her card. */
const HER = { name: "金桂花", initials: "jgh", tail: "0062" };

/** F10 */
test("what she saved in the room without network is in the salon, once, after a kill", async ({ device }) => {
  test.setTimeout(240_000);
  const salon = await Salon.open();

  // The salon is founded, its workbook taken over, its people and devices made known.
  const management = await device("desk");
  const manager = new App(management.page, salon.url);
  await manager.setUp(salon.setUpLink, "春风十里不如你2026");
  salon.command("import", "customers", WORKBOOK);
  const beautician = salon.addPerson("林静", "beautician");
  const consultant = salon.addPerson("沈知夏", "consultant");
  const codeOfRoom = await manager.newCode("3 号房平板", "护理室");
  const codeOfDesk = await manager.newCode("前台电脑", "前台");

  // The consultant expects her today.
  const desk = new App((await device("desk")).page, salon.url);
  await desk.enrol(codeOfDesk);
  await desk.signIn(consultant);
  await desk.search(HER.initials);
  await desk.found(HER.name).filter({ hasText: HER.tail }).first().click();
  await desk.tab("概览");
  await desk.expectToday(beautician.name);

  // The beautician finds her by initials, and by the last four digits of a phone that her tablet never learns.
  const tablet = await device("tablet");
  let room = new App(tablet.page, salon.url);
  await room.enrol(codeOfRoom);
  await room.signIn(beautician);
  await expect(room.main.getByRole("heading", { name: HER.name })).toBeVisible();
  await room.search(HER.initials);
  await expect(room.found(HER.name).first()).toBeVisible();
  await expect.poll(() => room.mayRestartOffline(), { timeout: 60_000 }).toBe(true);
  await expect.poll(() => room.hasShell()).toBe(true);
  await room.search(HER.tail);
  await room.found(HER.name).first().click();
  await expect(room.redStrip).toBeVisible();
  await expect(room.redStrip).toContainText("要问");

  // No network. An allergy answer is corrected, a note written, and the plug pulled.
  await tablet.setOffline(true);
  await room.tab("问诊");
  await room.answer(/过敏/, "有");
  await expect(room.saved.first()).toBeVisible();
  await room.tab("过敏");
  await room.addAllergy("酒精");
  await expect(room.allergy("酒精")).toBeVisible();
  await room.tab("沟通");
  await room.writeNote("面颊略红，蒸汽有点烫，下次不用热蒸汽");
  await expect(room.saved.first()).toBeVisible();
  await tablet.kill();

  // Started again without network: the shell, her password, her file.
  await tablet.start();
  await tablet.setOffline(true);
  room = await App.openedBy(beautician, tablet.page, salon.url);
  await room.search(HER.tail);
  await room.found(HER.name).first().click();
  await expect(room.redStrip).toContainText("酒精");
  await room.tab("沟通");
  await expect(room.note("蒸汽有点烫")).toHaveCount(1);
  await room.tab("问诊");
  await expect(room.page.getByRole("radiogroup", { name: /过敏/ }).getByRole("radio", { name: "有", exact: true })).toBeChecked();
  await expect(room.syncMark).toHaveAccessibleName(/3 条待传/);

  // The network comes back, and the consultant sees it.
  await desk.tab("沟通");
  await tablet.setOffline(false);
  const began = Date.now();
  await expect(desk.note("蒸汽有点烫")).toHaveCount(1);
  test.info().annotations.push({ type: "seen at the desk after", description: `${Date.now() - began} ms` });
  await expect(desk.redStrip).toContainText("酒精");
  // Where the kill took her session's cookie as well, the salon asks for her password once more; nothing waits for that.
  await expect(room.syncMark).toHaveAccessibleName(/已全部保存|^要处理$/);

  // The server holds each exactly once.
  expect(salon.command("verify")).toContain("No differences");
  await desk.page.reload();
  await desk.signIn(consultant);
  await expect(desk.note("蒸汽有点烫")).toHaveCount(1);
  await desk.tab("过敏");
  await expect(desk.allergy("酒精")).toHaveCount(1);
  await salon.stop();
});
