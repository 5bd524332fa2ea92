/** Two programs serve one salon on PostgreSQL: whichever a device speaks to, it is the same salon. */

import { App } from "./pages/app.ts";
import type { Device } from "./support/chromium.ts";
import { Database } from "./support/postgres.ts";
import { Salon } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const HER = "林晓雨";
const AT_ONCE = { timeout: 1_000, intervals: [100] };

/** H22 */
test("what is written at one server is read at the other, and whoever is signed out at one is signed out at both", async ({ device }) => {
  const database = new Database();
  const one = await Salon.open({ isDemo: true, database: database.url });
  const two = await one.beside();
  const [deskAtOne, tabletAtTwo] = [await device("desk"), await device("tablet")];
  const desk = new App(deskAtOne.page, one.url);
  await desk.comeIn("前台", one.person("李婉清"));
  const room = new App(tabletAtTwo.page, two.url);
  await room.comeIn("护理室", one.person("周小梅"));
  for (const screen of [desk, room]) {
    await screen.openFile(HER);
    await screen.tab("沟通");
  }

  await desk.writeNote("在第一台服务器上写的");
  await expect(room.note("在第一台服务器上写的")).toHaveCount(1);
  await room.writeNote("在第二台服务器上写的");
  await expect(desk.note("在第二台服务器上写的")).toHaveCount(1);
  await room.tab("过敏");
  await room.addAllergy("乳胶");
  await expect(desk.redStrip).toContainText("乳胶");

  const [hers, theirs] = [await cookiesOf(deskAtOne), await cookiesOf(tabletAtTwo)];
  const answers = (cookies: string): Promise<number[]> => Promise.all([one, two].map((server) => mayRead(server, cookies)));
  for (const cookies of [hers, theirs]) expect(await answers(cookies)).toEqual([200, 200]);

  await desk.switchPerson();
  await expect.poll(() => answers(hers), AT_ONCE).toEqual([401, 401]);
  expect(await answers(theirs)).toEqual([200, 200]);

  one.command("staff", "disable", "周小梅");
  await expect.poll(() => answers(theirs), AT_ONCE).toEqual([401, 401]);

  expect(one.command("verify")).toContain("No differences");
  await two.kill();
  await one.stop();
  database.drop();
});

/** What somebody would hold who had copied them out of the browser while she was signed in. */
async function cookiesOf(device: Device): Promise<string> {
  return (await device.context.cookies()).map(({ name, value }) => `${name}=${value}`).join("; ");
}

async function mayRead(server: Salon, cookie: string): Promise<number> {
  const headers = { "content-type": "application/json", cookie };
  const answer = await fetch(`${server.url}/api/customers/search`, { method: "POST", headers, body: JSON.stringify({ query: HER }) });
  return answer.status;
}
