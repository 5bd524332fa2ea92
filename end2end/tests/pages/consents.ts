/** What a customer lets the salon do, as it stands in her open file. */

import { expect, type Locator, type Page } from "@playwright/test";

export class Consents {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The line of one purpose. */
  for(purpose: string): Locator {
    return this.#page.getByRole("list", { name: "她同意什么" }).getByRole("listitem", { name: purpose, exact: true });
  }

  async record(purpose: string, says: "她同意" | "她不同意" | "她撤回同意", how = "当面说的"): Promise<void> {
    await this.#page.getByRole("button", { name: `${purpose}：她怎么说` }).click();
    const dialog = this.#page.getByRole("dialog", { name: `${purpose}：她怎么说` });
    await dialog.getByRole("radio", { name: how }).check({ force: true });
    await dialog.getByRole("button", { name: says, exact: true }).click();
    await expect(dialog).toBeHidden();
  }
}
