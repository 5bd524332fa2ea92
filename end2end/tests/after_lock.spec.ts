/** What is left in a browser's memory when the screen is shut. */

import type { CDPSession } from "@playwright/test";
import { App } from "./pages/app.ts";
import { expect, test } from "./support/test.ts";

const NAME = "独孤望舒";
const NOTE = "左颊旧疤不要碰，她很在意";

/** Every string that the page's scripts and its document hold. */
async function strings(developer: CDPSession): Promise<string> {
  const pieces: string[] = [];
  const heard = ({ chunk }: { chunk: string }): void => void pieces.push(chunk);
  developer.on("HeapProfiler.addHeapSnapshotChunk", heard);
  await developer.send("HeapProfiler.collectGarbage");
  await developer.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  developer.off("HeapProfiler.addHeapSnapshotChunk", heard);
  return (JSON.parse(pieces.join("")) as { strings: string[] }).strings.join("\n");
}

/** H42; what the allocator of the program itself has not used again can't be asked for. */
test("behind a locked screen no name and no note is left in the page, nor in what its scripts hold", async ({ device, salon }) => {
  const desk = await device("desk");
  const app = new App(desk.page, salon.url);
  await app.comeIn("前台", salon.person("李婉清"));
  await app.addCustomer(NAME);
  await app.tab("沟通");
  await app.writeNote(NOTE);
  await expect(app.syncMark).toHaveAccessibleName(/已全部保存/);
  const developer = await desk.context.newCDPSession(desk.page);
  const open = await strings(developer);
  expect(open.includes(NAME) && open.includes(NOTE), "or the search would show nothing").toBe(true);

  await app.lock();

  await expect.poll(async () => {
    const left = await strings(developer);
    return [NAME, NOTE].filter((words) => left.includes(words));
  }).toEqual([]);
});
