/** How somebody comes in: set-up, enrolment, password, PIN and lock. */

import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "../support/salon.ts";

/** What kind of device a browser is to the salon. */
export type Scope = "护理室" | "前台" | "管理";

export class Door {
  readonly page: Page;
  readonly origin: string;

  constructor(page: Page, origin: string) {
    this.page = page;
    this.origin = origin;
  }

  async open(path = "/"): Promise<void> {
    await this.page.goto(this.origin + path);
  }

  get syncMark(): Locator {
    return this.page.getByRole("button", { name: /已全部保存|待传|起离线|要处理|上次连上/ });
  }

  get main(): Locator {
    return this.page.getByRole("main");
  }

  async setUp(link: string, password: string): Promise<void> {
    await this.page.goto(link);
    await this.page.getByLabel("店名").fill("梧桐路店");
    await this.page.getByLabel("店长姓名").fill("陈静");
    await this.page.getByLabel("密码", { exact: true }).fill(password);
    await this.page.getByLabel("再输一次密码").fill(password);
    await this.page.getByLabel(/预约前几小时再确认/).fill("24");
    await this.page.getByLabel(/投诉处理后几个工作日内回访/).fill("3");
    await this.page.getByRole("button", { name: "设好，打开心颜" }).click();
    await this.settleIn();
  }

  async enrol(code: string): Promise<void> {
    await this.open();
    await this.page.getByLabel("登记码").fill(code);
    await this.page.getByRole("button", { name: "登记", exact: true }).click();
    await expect(this.page.getByRole("heading", { name: /您是哪一位/ })).toBeVisible();
  }

  /** A demo salon on this machine needs no code. */
  async enrolHere(scope: Scope): Promise<void> {
    await this.open();
    await this.page.getByRole("button", { name: new RegExp(`^${scope}`) }).click();
    await expect(this.page.getByRole("heading", { name: /您是哪一位/ })).toBeVisible();
  }

  async signIn(person: Person): Promise<void> {
    await this.choose(person);
    await this.page.getByLabel("密码", { exact: true }).fill(person.password);
    await this.page.getByRole("button", { name: "登录", exact: true }).click();
    await this.settleIn();
  }

  /** Past the offer of a PIN, where it is made. */
  async settleIn(): Promise<void> {
    await expect(this.page.getByRole("button", { name: /，换人$/ })).toBeVisible();
    // Made together with the first screen, or not at all; for a moment it stands in the page before it opens.
    const later = this.page.getByRole("button", { name: "以后再说", includeHidden: true });
    if ((await later.count()) === 0) return;
    await later.click();
    await expect(later).toHaveCount(0);
  }

  /** Enrolled and signed in, with her first screen in sight. */
  async comeIn(scope: Scope, person: Person): Promise<void> {
    await this.enrolHere(scope);
    await this.signIn(person);
    await expect(this.syncMark).toHaveAccessibleName(/已全部保存/);
  }

  /** Signs in and takes the PIN that is offered. */
  async signInWithPin(person: Person, pin: string): Promise<void> {
    await this.choose(person);
    await this.page.getByLabel("密码", { exact: true }).fill(person.password);
    await this.page.getByRole("button", { name: "登录", exact: true }).click();
    const dialog = this.page.getByRole("dialog", { name: "设一个 PIN" });
    await dialog.getByLabel("PIN（6 位数字）").fill(pin);
    await dialog.getByLabel("再输一次 PIN").fill(pin);
    await dialog.getByRole("button", { name: "设好" }).click();
    await expect(dialog).toBeHidden();
  }

  async choose(person: Person): Promise<void> {
    await this.page.getByRole("button", { name: new RegExp(`^${person.name}`) }).click();
  }

  async lock(): Promise<void> {
    await this.page.getByRole("button", { name: "锁屏", exact: true }).click();
    await expect(this.page.getByRole("region", { name: /锁屏/ })).toBeVisible();
  }

  async switchPerson(): Promise<void> {
    await this.page.getByRole("button", { name: /换人$/ }).click();
    await expect(this.page.getByRole("heading", { name: /您是哪一位/ })).toBeVisible();
  }

  get numberPad(): Locator {
    return this.page.getByRole("group", { name: "数字键盘" });
  }

  get password(): Locator {
    return this.page.getByLabel("密码", { exact: true });
  }

  async typePin(pin: string): Promise<void> {
    for (const digit of pin) await this.numberPad.getByRole("button", { name: digit, exact: true }).click();
  }

  /** The pad takes no digits while a PIN is being tried; it is empty again, or gone, afterwards. */
  async typeWrongPin(pin: string): Promise<void> {
    await this.typePin(pin);
    await expect(this.page.getByRole("img", { name: /已输入 [1-6] 位/ })).toHaveCount(0);
  }

  async newCode(label: string, scope: Scope): Promise<string> {
    await this.page.getByRole("link", { name: "设备" }).click();
    await this.page.getByRole("button", { name: "加一台" }).click();
    const dialog = this.page.getByRole("dialog", { name: "加一台设备" });
    await dialog.getByLabel("叫它什么").fill(label);
    await dialog.getByRole("radio", { name: scope }).check({ force: true });
    await dialog.getByRole("button", { name: "出一个码" }).click();
    const code = await dialog.locator(".enrol-code__code").innerText();
    await this.page.keyboard.press("Escape");
    return code.replaceAll(/\s/g, "");
  }
}
