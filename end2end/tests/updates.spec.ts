/** The program changes while something lies on a tablet that the salon does not have yet. */

import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "./pages/app.ts";
import { Proxy } from "./support/proxy.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";
const CARD = "A1001";
const SITE = process.env["XINYAN_SITE"] ?? join(import.meta.dirname, "../../target/site");

/** F37 */
test("a new build waits for what is being sent; a tablet that dies before it is taken loses nothing", async ({ device }) => {
  test.setTimeout(180_000);
  const site = mkdtempSync(join(tmpdir(), "xinyan-site-"));
  cpSync(SITE, site, { recursive: true });
  const salon = await Salon.open({ isDemo: true, environment: { XINYAN_SITE: site } });
  const proxy = await Proxy.before(salon);
  const tablet = await device("tablet");
  const lin = salon.person("林静");
  const app = new App(tablet.page, proxy.url);
  await app.comeIn("护理室", lin);
  await app.openFile(HER, CARD);
  await app.tab("沟通");
  await expect(app.syncMark).toHaveAccessibleName(/已全部保存/);
  const build = (): Promise<string | undefined> => app.page.evaluate(() => document.documentElement.dataset["build"]);
  const first = await build();

  const notice = app.page.getByText("心颜有新版本");
  const nextBuild = async (): Promise<void> => {
    appendFileSync(join(site, "loader.js"), "\n// the next build\n");
    await salon.killAndStart();
    await app.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  };

  await nextBuild();
  await expect(notice).toBeVisible();
  proxy.fault({ kind: "hang" }, { path: /sync\/push/ });
  await app.writeNote("换新版本的时候写的");
  await app.page.getByRole("button", { name: "现在换上" }).click();
  await expect(app.page.getByText("先把这台设备上的记录发完")).toBeVisible();
  expect(await build()).toBe(first);
  await proxy.mend();
  await expect.poll(() => build().catch(() => first), { timeout: 60_000 }).not.toBe(first);
  await app.signIn(lin);
  await app.openFile(HER, CARD);
  await app.tab("沟通");
  await expect(app.note("换新版本的时候写的")).toHaveCount(1);
  await expect(app.syncMark).toHaveAccessibleName(/已全部保存/, { timeout: 60_000 });

  const second = await build();
  await expect.poll(() => app.mayRestartOffline(), { timeout: 60_000 }).toBe(true);
  await nextBuild();
  await expect(notice).toBeVisible();
  await proxy.cut();
  await app.writeNote("下一个版本等着的时候写的");
  // A browser that starts again takes the build that waits.
  await tablet.killAndStart();
  const again = new App(tablet.page, proxy.url);
  await again.open();
  await again.signIn(lin);
  expect(await again.page.evaluate(() => document.documentElement.dataset["build"])).not.toBe(second);
  await again.openFile(HER, CARD);
  await again.tab("沟通");
  await expect(again.note("下一个版本等着的时候写的")).toHaveCount(1);
  await proxy.mend();
  const desk = new App((await device("desk")).page, salon.url);
  await desk.comeIn("前台", salon.person("李婉清"));
  await desk.openFile(HER, CARD);
  await desk.tab("沟通");
  for (const words of ["换新版本的时候写的", "下一个版本等着的时候写的"]) await expect(desk.note(words)).toHaveCount(1, { timeout: 60_000 });
  expect(salon.command("verify")).toContain("No differences");
  await proxy.stop();
  await salon.stop();
  rmSync(site, { recursive: true, force: true });
});
