/** What a person does on the screens, found by role and label, in the salon's words. */

import { expect, type Locator, type Page } from "@playwright/test";
import type { Person } from "../support/salon.ts";
import { Consents } from "./consents.ts";
import { Contacts } from "./contacts.ts";
import { Door } from "./door.ts";
import { Joining } from "./joining.ts";

/** What a screen shows of one file. */
export interface FileShown {
  redStrip: string[];
  allergies: string[];
  answers: string[];
  notes: string[];
}

/** Of the copy that a customer is given, what tests look at. */
export interface FileCopy {
  allergies: { added?: Record<string, { what: string }> };
  answers: Record<string, { value: { words?: string }; past?: { value: { words?: string } }[] }>;
  notes?: Record<string, { text: string }>;
}

export class App extends Door {
  readonly consents: Consents;
  readonly contacts: Contacts;
  readonly joining: Joining;

  constructor(page: Page, origin: string) {
    super(page, origin);
    this.consents = new Consents(page);
    this.contacts = new Contacts(page);
    this.joining = new Joining(page);
  }

  /** The program opened in a tab of a device that belongs to the salon already, by somebody who signs in. */
  static async openedBy(person: Person, page: Page, origin: string): Promise<App> {
    const app = new App(page, origin);
    await app.open();
    await app.signIn(person);
    return app;
  }

  /** One more tab of the same browser. */
  async anotherTab(): Promise<App> {
    const tab = new App(await this.page.context().newPage(), this.origin);
    await tab.open();
    return tab;
  }

  // ── customers ──

  async search(typed: string): Promise<void> {
    await this.#toCustomers();
    await this.page.getByRole("searchbox", { name: "找顾客" }).fill(typed);
  }

  /** With how many files wait for a person, where there are any. On the desk by way of the menu or the way back, on a tablet in a file by the way back alone. */
  async #toCustomers(): Promise<void> {
    await this.page.getByRole("link", { name: /^顾客\s*\d*$/ }).first().click();
  }

  found(name: string): Locator {
    return this.page.getByRole("list", { name: "找到的顾客" }).getByRole("link").filter({ hasText: name });
  }

  /** How many files lie on this device, as its screen says. */
  async filesHeld(): Promise<number> {
    await this.search("");
    const said = await this.page.getByRole("status").filter({ hasText: "份档案" }).innerText();
    return Number(/(\d+) 份档案/.exec(said)?.[1]);
  }

  async openFile(name: string, typed = name): Promise<void> {
    await this.search(typed);
    await this.found(name).first().click();
    await expect(this.page.getByRole("navigation", { name: "档案" })).toBeVisible();
  }

  async addCustomer(name: string): Promise<void> {
    await this.#toCustomers();
    await this.page.getByRole("button", { name: "新顾客" }).click();
    const dialog = this.page.getByRole("dialog", { name: "新顾客" });
    await dialog.getByLabel("姓名").fill(name);
    await dialog.getByRole("button", { name: "建档" }).click();
    await expect(this.page.getByRole("navigation", { name: "档案" })).toBeVisible();
  }

  // ── one file ──

  async tab(name: "概览" | "皮肤" | "方案" | "问诊" | "过敏" | "护理" | "沟通" | "联系" | "同意"): Promise<void> {
    await this.page.getByRole("navigation", { name: "档案" }).getByRole("link", { name: new RegExp(`^${name}`) }).click();
  }

  get redStrip(): Locator {
    return this.page.getByRole("region", { name: /不可使用|先问清楚/ });
  }

  get saved(): Locator {
    return this.page.getByRole("status").filter({ hasText: /已保存在这台/ });
  }

  allergy(what: string): Locator {
    return this.page.getByRole("list", { name: "过敏和禁忌" }).getByRole("listitem").filter({ hasText: what });
  }

  note(text: string): Locator {
    return this.page.getByRole("list", { name: "记录" }).getByRole("listitem").filter({ hasText: text });
  }

  async answer(question: string | RegExp, said: "有" | "没有" | "未问" | "不愿答"): Promise<void> {
    const group = this.page.getByRole("radiogroup", { name: question });
    await group.getByRole("radio", { name: said, exact: true }).check({ force: true });
  }

  /** Her own words, where the answer is yes; they are saved as soon as whoever asked goes on to something else. */
  async answerInWords(question: string | RegExp, words: string): Promise<void> {
    const group = this.page.getByRole("radiogroup", { name: question });
    const unsaved = group.getByRole("button", { name: "记下她的话" });
    await group.getByRole("textbox", { name: "她的话" }).fill(words);
    await expect(unsaved).toBeVisible();
    await group.getByRole("textbox", { name: "她的话" }).blur();
    await expect(group.getByRole("status")).toContainText("已保存在这台");
    await expect(unsaved).toHaveCount(0);
  }

  async writeNote(text: string): Promise<void> {
    await this.page.getByRole("textbox", { name: "记一笔" }).fill(text);
    await this.page.getByRole("button", { name: "记下", exact: true }).click();
  }

  async addAllergy(what: string): Promise<void> {
    const dialog = await this.beginAllergy(what);
    await dialog.getByRole("button", { name: "加上", exact: true }).click();
  }

  /** Typed, and not saved yet. */
  async beginAllergy(what: string): Promise<Locator> {
    await this.page.getByRole("button", { name: "加一项" }).click();
    const dialog = this.page.getByRole("dialog", { name: "加一项过敏" });
    await dialog.getByLabel("对什么").fill(what);
    return dialog;
  }

  /** What stands beside the name of a particular on the overview. */
  fact(field: string): Locator {
    const line = this.main.locator(".fact").filter({ has: this.page.getByRole("term").filter({ hasText: new RegExp(`^${field}$`) }) });
    return line.getByRole("definition").first();
  }

  async write(field: string, value: string): Promise<void> {
    const dialog = await this.#correct(field);
    await dialog.getByLabel(field).fill(value);
    await dialog.getByRole("button", { name: "保存" }).click();
    await expect(dialog).toBeHidden();
  }

  async pick(field: string, value: string): Promise<void> {
    const dialog = await this.#correct(field);
    await dialog.getByRole("radio", { name: value, exact: true }).check({ force: true });
    await dialog.getByRole("button", { name: "保存" }).click();
    await expect(dialog).toBeHidden();
  }

  /** Two people wrote different things into one field. */
  toCheck(field: string): Locator {
    return this.page.getByRole("region", { name: `请核对：${field}` });
  }

  async #correct(field: string): Promise<Locator> {
    await this.page.getByRole("button", { name: `修改${field}`, exact: true }).click();
    return this.page.getByRole("dialog", { name: `修改${field}` });
  }

  async expectToday(beautician: string): Promise<void> {
    await this.page.getByRole("button", { name: "约到店" }).click();
    const dialog = this.page.getByRole("dialog", { name: "约到店" });
    await dialog.getByLabel("美容师").selectOption({ label: beautician });
    await dialog.getByRole("button", { name: "约好" }).click();
    await expect(dialog).toBeHidden();
  }

  async askDeletion(reason: string): Promise<void> {
    await this.page.getByRole("button", { name: "申请删除档案" }).click();
    const dialog = this.page.getByRole("dialog", { name: "申请删除档案" });
    await dialog.getByLabel("为什么要删除").fill(reason);
    await dialog.getByRole("button", { name: "提出申请" }).click();
    await expect(dialog).toBeHidden();
  }

  /** The open file word by word, as this device shows it. */
  async fileShown(): Promise<FileShown> {
    await this.tab("过敏");
    const allergies = this.page.getByRole("list", { name: "过敏和禁忌" });
    await expect(allergies).toBeAttached();
    const redStrip = await this.redStrip.allInnerTexts();
    const rows = await allergies.getByRole("listitem").allInnerTexts();
    await this.tab("问诊");
    const questions = this.page.getByRole("radiogroup");
    await expect(questions.first()).toBeAttached();
    const answers = await questions.evaluateAll((groups) =>
      groups.map((group) => [...group.querySelectorAll("input")].map((input) => (input.type === "radio" ? input.checked : input.value)).join()),
    );
    await this.tab("沟通");
    await expect(this.page.getByRole("list", { name: "记录" })).toBeAttached();
    const older = this.page.getByRole("button", { name: /^看更早的/ });
    for (; (await older.count()) > 0; await expect(older).not.toHaveAttribute("aria-busy")) await older.click();
    return { redStrip, allergies: rows.map(withoutButtons), answers, notes: await this.main.locator(".care-note").allInnerTexts() };
  }

  /** Everything that the salon has of her, as a manager gives it to her. */
  async copyOf(name: string): Promise<FileCopy> {
    await this.openFile(name);
    await this.page.getByRole("link", { name: "给她一份资料" }).click();
    const address = await this.main.getByRole("link", { name: "下载 JSON" }).getAttribute("href");
    const data = JSON.parse(decodeURIComponent(address?.split(",", 2)[1] ?? "")) as { file: FileCopy };
    return data.file;
  }

  // ── the device ──

  get entries(): Locator {
    return this.page.getByRole("region", { name: "未上传的记录" });
  }

  /** Unless the salon has it all by then. */
  async sendNow(): Promise<void> {
    await this.syncMark.click();
    await this.entries.getByRole("button", { name: "现在发送" }).click({ timeout: 2_000 }).catch(() => undefined);
    await this.page.keyboard.press("Escape");
    await expect(this.entries).toBeHidden();
  }

  /** True once her keys lie here behind her password, so that the tablet may be started without network. */
  async mayRestartOffline(): Promise<boolean> {
    return this.page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const opened = indexedDB.open("xinyan");
          opened.onsuccess = () => {
            const keys = opened.result.transaction("device").objectStore("device").getAllKeys();
            keys.onsuccess = () => {
              opened.result.close();
              resolve(keys.result.some((key) => String(key).startsWith("restart ")));
            };
          };
          opened.onerror = () => resolve(false);
        }),
    );
  }

  /** True in the one tab of a browser that talks to the salon for all. */
  async leads(): Promise<boolean> {
    return this.page.evaluate(() =>
      navigator.locks.request("who am I", async () => {
        const { held = [] } = await navigator.locks.query();
        const me = held.find(({ name }) => name === "who am I")?.clientId;
        return held.some(({ name, clientId }) => name === "xinyan" && clientId === me);
      }),
    );
  }

  /** True once the service worker has the shell. */
  async hasShell(): Promise<boolean> {
    return this.page.evaluate(async () => {
      const worker = await navigator.serviceWorker.getRegistration();
      return Boolean(worker?.active) && (await caches.keys()).length > 0;
    });
  }
}

/** What somebody may do about a row depends on who she is, what it says doesn't. */
function withoutButtons(row: string): string {
  return row.replace(/\s*解除\s*$/, "").replaceAll(/\n+/g, "\n");
}
