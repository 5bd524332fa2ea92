/** One treatment: before it begins, while it runs, and its record. */

import { expect, type Locator, type Page } from "@playwright/test";

export class Room {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** From her file, for the visit that is expected today. */
  async enter(): Promise<void> {
    await this.page.getByRole("link", { name: /^进房护理/ }).click();
  }

  /** From her file, the record that names that service. */
  async open(service: string): Promise<void> {
    await this.page.getByRole("list", { name: "护理记录" }).getByRole("link", { name: service }).first().click();
  }

  get steps(): Locator {
    return this.page.getByRole("list", { name: "步骤" });
  }

  step(name: string): Locator {
    return this.steps.getByRole("listitem").filter({ hasText: name });
  }

  get now(): Locator {
    return this.steps.locator("[aria-current=step]");
  }

  get record(): Locator {
    return this.page.getByRole("list", { name: "记录" });
  }

  async tap(word: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name: word }).click();
  }

  /** What is to be there before is ticked, and on with the next. */
  async finishStep(): Promise<void> {
    await this.page.getByRole("button", { name: "做完，下一步" }).waitFor();
    for (const one of await this.page.getByRole("group", { name: "准备清单" }).getByRole("checkbox").all()) await one.check({ force: true });
    await this.#onWith("做完，下一步");
  }

  async skipStep(): Promise<void> {
    await this.tap("这一步没有做");
    await this.#onWith("真的没有做，跳过");
  }

  /** Until the next one runs, or none is left: one tap records both. */
  async #onWith(word: string): Promise<void> {
    await expect(this.now).toHaveCount(1);
    const done = await this.done.count();
    await this.tap(word);
    await expect(this.done).toHaveCount(done + 1);
    await expect(this.now.or(this.page.getByRole("heading", { name: "步骤都做完了" }))).toHaveCount(1);
  }

  /** The steps that are behind her. */
  get done(): Locator {
    return this.steps.locator(".is-done");
  }

  async measure(zone: string, minutes: string, values: Record<string, string>): Promise<Locator> {
    await this.tap("记测量");
    const dialog = this.page.getByRole("dialog", { name: "记一次测量" });
    await dialog.getByRole("radio", { name: zone, exact: true }).check({ force: true });
    await dialog.getByLabel("洗净后多久").fill(minutes);
    for (const [name, value] of Object.entries(values)) await dialog.getByLabel(name, { exact: true }).fill(value);
    await dialog.getByRole("button", { name: "记下" }).click();
    return dialog;
  }
}
