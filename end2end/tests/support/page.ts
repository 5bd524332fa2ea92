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
