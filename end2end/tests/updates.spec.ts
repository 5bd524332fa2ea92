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
  const build = () => app.page.evaluate(() => document.documentElement.dataset["build"]);
  const first = await build();

  appendFileSync(join(site, "loader.js"), "\n// the next build\n");
  await salon.killAndStart();
  proxy.fault({ kind: "hang" }, { path: /sync\/push/ });
  await app.writeNote("换新版本的时候写的");
  const notice = app.page.getByText("心颜有新版本");
  await app.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  await expect(notice).toBeVisible();

  await tablet.killAndStart();
  const again = new App(tablet.page, proxy.url);
  await again.open();
  await again.signIn(lin);
  await again.openFile(HER, CARD);
  await again.tab("沟通");
  await expect(again.main.getByText("换新版本的时候写的")).toBeVisible();
  expect(await again.page.evaluate(() => document.documentElement.dataset["build"]), "nobody has taken it yet").toBe(first);

  await again.page.getByRole("button", { name: "现在换上" }).click();
  await expect(again.page.getByText("先把这台设备上的记录发完")).toBeVisible();
  await proxy.mend();
  await expect.poll(() => again.page.evaluate(() => document.documentElement.dataset["build"]).catch(() => first), { timeout: 60_000 }).not.toBe(first);
  await again.signIn(lin);
  await again.openFile(HER, CARD);
  await again.tab("沟通");
  await expect(again.main.getByText("换新版本的时候写的")).toHaveCount(1);
  await expect(again.syncMark).toHaveAccessibleName(/已全部保存/, { timeout: 60_000 });
  expect(salon.command("verify")).toContain("No differences");
  await proxy.stop();
  await salon.stop();
  rmSync(site, { recursive: true, force: true });
});
