/** What every screen has. A screen's own model extends this one, finds things by role and label, and speaks the salon's words. */

import type { Locator, Page } from "@playwright/test";

export class App {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(path);
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }
}
