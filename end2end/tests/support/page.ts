/** What tests put into a page, or listen for in it. */

import type { Page } from "@playwright/test";

declare global {
  interface Window {
    holdWrites?: boolean;
    isWriteHeld?: boolean;
    refuseWrites?: boolean;
    saidSaved: boolean;
  }
}

/** A disk that never finishes: once `holdWrites` is set, a transaction over the outbox stays open for ever. */
export function holdWritesWhenAsked(): void {
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    if (!window.holdWrites || !this.objectStoreNames.contains("entries")) return commit.call(this);
    const store = this.objectStore("entries");
    const again = (): void => {
      window.isWriteHeld = true;
      store.count().onsuccess = again;
    };
    again();
  };
}

/** Notes whether the page ever said that something is saved here, however shortly. */
export function watchForSaved(): void {
  window.saidSaved = false;
  new MutationObserver(() => {
    const said = [...document.querySelectorAll("[role=status]")].some((status) => status.textContent?.includes("已保存在这台"));
    window.saidSaved ||= said;
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

/** Leaves this site not a single character of localStorage. */
export async function fillUp(page: Page): Promise<void> {
  await page.evaluate(() => {
    let size = 1 << 22;
    for (let number = 0; size >= 1; number++) {
      try {
        localStorage.setItem(`filling ${number}`, "x".repeat(size));
      } catch {
        size >>= 1;
      }
    }
  });
}

/** The rows that lie in this browser, each with its version. */
export async function rowsKept(page: Page): Promise<string[]> {
  const rows = await page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("xinyan row ")));
  return rows.map(([key, row]) => `${key} ${String(row).split("|", 1)[0]}`).sort();
}

/** True once everything that the salon has for this browser has come. */
export async function isComplete(page: Page): Promise<boolean> {
  const place = await page.evaluate(() => localStorage.getItem("xinyan place"));
  return place !== null && (JSON.parse(place) as { members: number }).members >= 0;
}

/** The entries in the outbox, sent or not, as they were sealed. */
export async function entriesKept(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opened = indexedDB.open("xinyan");
    await new Promise((resolve) => (opened.onsuccess = resolve));
    const store = opened.result.transaction("entries").objectStore("entries");
    const [keys, values] = [store.getAllKeys(), store.getAll()];
    await new Promise((resolve) => (values.onsuccess = resolve));
    opened.result.close();
    return keys.result.map((key, at) => `${String(key)} ${(JSON.parse(values.result[at]) as { bytes: string }).bytes}`);
  });
}

/** A browser that gets no further than so many rows: it hangs in the middle of writing the next one. */
export function hangAfterRows(most: number): void {
  const setItem = Storage.prototype.setItem;
  let count = 0;
  Storage.prototype.setItem = function (key, value) {
    if (key.startsWith("xinyan row ") && ++count > most) for (;;);
    setItem.call(this, key, value);
  };
}

export function panicsOn(page: Page): string[] {
  const panics: string[] = [];
  page.on("pageerror", (error) => panics.push(error.message));
  page.on("console", (message) => {
    if (/panicked|unreachable executed/.test(message.text())) panics.push(message.text());
  });
  return panics;
}

/** A disk that says no: while `refuseWrites` is set, nothing new is kept in the outbox. */
export function refuseWritesWhenAsked(): void {
  const commit = IDBTransaction.prototype.commit;
  IDBTransaction.prototype.commit = function () {
    if (window.refuseWrites && this.objectStoreNames.contains("entries")) return this.abort();
    return commit.call(this);
  };
}
