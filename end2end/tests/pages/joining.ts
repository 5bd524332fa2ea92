/** Two files of one person, as a manager joins them and takes them apart in the open one. */

import { expect, type Locator, type Page } from "@playwright/test";

export class Joining {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The dialog with the other one chosen. */
  async choose(other: string): Promise<Locator> {
    await this.#page.getByRole("button", { name: "和另一份档案是同一个人" }).click();
    const dialog = this.#page.getByRole("dialog", { name: "合并两份档案" });
    await dialog.getByLabel("找另一份").fill(other);
    await dialog.getByRole("radio", { name: other }).check({ force: true });
    return dialog;
  }

  /** The open file shows the other one as well from now on. */
  async join(other: string): Promise<void> {
    const dialog = await this.choose(other);
    await dialog.getByRole("button", { name: "合并显示" }).click();
    await expect(dialog).toBeHidden();
  }

  /** The dialog that says what becomes of either. */
  async beginParting(): Promise<Locator> {
    await this.#page.getByRole("button", { name: "分开" }).click();
    return this.#page.getByRole("dialog", { name: "分开两份档案" });
  }
}
