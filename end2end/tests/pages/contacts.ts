/** Who got in touch with a customer, or she with the salon, as it stands in her open file. */

import type { Locator, Page } from "@playwright/test";

export class Contacts {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get all(): Locator {
    return this.#page.getByRole("list", { name: "联系记录" }).getByRole("listitem");
  }

  with(text: string | RegExp): Locator {
    return this.all.filter({ hasText: text });
  }

  /** The dialog for a new one: any at the desk, in the room what she said there. */
  async begin(kind: "记一次联系" | "记她当面说的"): Promise<Locator> {
    await this.#page.getByRole("button", { name: kind }).click();
    return this.#page.getByRole("dialog", { name: kind });
  }

  /** Who began, which way, and where that can fail whether anybody answered. */
  async tell(dialog: Locator, ...words: string[]): Promise<void> {
    for (const word of words) await dialog.getByRole("radio", { name: word, exact: true }).check({ force: true });
  }
}
