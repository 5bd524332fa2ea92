/** The tab on which somebody records what was seen of her skin and put on it. */

import type { Locator, Page } from "@playwright/test";

export class Care {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get skin(): Locator {
    return this.page.getByRole("main").getByRole("group", { name: "今天的皮肤" }).first();
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog", { name: "用产品" });
  }

  /** The gate's word in the dialog. */
  get verdict(): Locator {
    return this.dialog.locator(".verdict");
  }

  used(what: string): Locator {
    return this.page.getByRole("list", { name: "用过的产品" }).getByRole("listitem").filter({ hasText: what });
  }

  async skinIsFine(): Promise<void> {
    await this.skin.getByRole("button", { name: "看过，没有伤口、感染或晒伤" }).click();
  }

  /** Chosen, and not recorded yet. */
  async choose(product: string, batch: string, zone: string): Promise<void> {
    await this.page.getByRole("button", { name: "用产品" }).click();
    await this.chooseIn(product, batch, zone);
  }

  /** In the dialog, however it was opened. */
  async chooseIn(product: string, batch: string, zone: string): Promise<void> {
    await this.dialog.getByRole("radiogroup", { name: "用在哪里" }).getByRole("radio", { name: zone, exact: true }).check({ force: true });
    await this.dialog.getByLabel("产品", { exact: true }).selectOption({ label: product });
    const options = this.dialog.getByLabel("批号").locator("option").filter({ hasText: batch });
    await this.dialog.getByLabel("批号").selectOption((await options.getAttribute("value")) ?? "");
  }

  async record(button: "记下" | "已经用上了，照样记下"): Promise<void> {
    await this.dialog.getByRole("button", { name: button, exact: true }).click();
    await this.dialog.waitFor({ state: "hidden" });
  }
}
