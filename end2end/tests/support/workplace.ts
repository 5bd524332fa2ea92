/** A device, the network in front of it, and somebody who works there whatever happens to either. */

import { expect } from "@playwright/test";
import { App, type FileShown } from "../pages/app.ts";
import type { Scope } from "../pages/door.ts";
import type { Device } from "./chromium.ts";
import { Proxy, type Fault, type Which } from "./proxy.ts";
import type { Person, Salon } from "./salon.ts";

/** What she is asked about; the answer is kept in the customer's own words. */
export const ASKED = "现在用什么产品？";

/** Something that she writes down about a customer. No two entries say the same. */
export interface Entry {
  customer: string;
  kind: "note" | "allergy" | "words";
  text: string;
}

export class Workplace {
  readonly device: Device;
  readonly person: Person;
  readonly proxy: Proxy;
  /** What the screen called saved. */
  readonly saved: Entry[] = [];
  app: App;
  #over: NodeJS.Timeout | undefined;
  #mended: Promise<void> | undefined;

  private constructor(device: Device, person: Person, proxy: Proxy) {
    this.device = device;
    this.person = person;
    this.proxy = proxy;
    this.app = new App(device.page, proxy.url);
  }

  static async begin(device: Device, salon: Salon, scope: Scope, name: string): Promise<Workplace> {
    const place = new Workplace(device, salon.person(name), await Proxy.before(salon));
    await place.app.comeIn(scope, place.person);
    await expect.poll(() => place.app.mayRestartOffline(), { timeout: 60_000 }).toBe(true);
    await expect.poll(() => place.app.hasShell()).toBe(true);
    return place;
  }

  /** She looks at these files, one after the other. */
  async open(customers: string[]): Promise<void> {
    for (const customer of customers) await this.app.openFile(customer);
  }

  /** Until it is mended, the network does that; whatever it did before is over. */
  async suffer(fault: Fault | "cut", milliseconds: number, which: Which = {}): Promise<void> {
    await this.heal();
    if (fault === "cut") await this.proxy.cut();
    else this.proxy.fault(fault, which);
    this.#over = setTimeout(() => (this.#mended = this.proxy.mend()), milliseconds);
  }

  async heal(): Promise<void> {
    clearTimeout(this.#over);
    await this.#mended;
    await this.proxy.mend();
  }

  /** Comes back when her screen has called it saved. */
  async write(entry: Entry): Promise<void> {
    const { app } = this;
    await app.openFile(entry.customer);
    if (entry.kind === "note") {
      await app.tab("沟通");
      await app.writeNote(entry.text);
      await expect(app.saved).toBeVisible();
    } else if (entry.kind === "allergy") {
      await app.tab("过敏");
      await app.addAllergy(entry.text);
      await expect(app.allergy(entry.text)).toBeVisible();
    } else {
      await app.tab("问诊");
      await app.answerInWords(ASKED, entry.text);
    }
    this.saved.push(entry);
  }

  /** The browser dies, is started again, and she signs in with her password. */
  async killAndStart(): Promise<void> {
    await this.device.killAndStart();
    this.app = await App.openedBy(this.person, this.device.page, this.proxy.url);
  }

  /** Everything is in the salon. Whoever signed in without network is asked for her password once more. */
  async isThrough(within: number): Promise<void> {
    const began = Date.now();
    await expect(this.app.syncMark).toHaveAccessibleName(/已全部保存|^要处理$/, { timeout: within });
    if (/^要处理$/.test(await this.app.syncMark.innerText())) {
      await this.app.switchPerson();
      await this.app.signIn(this.person);
    }
    await expect(this.app.syncMark).toHaveAccessibleName(/已全部保存/, { timeout: Math.max(1, within - (Date.now() - began)) });
  }

  async shows(customer: string): Promise<FileShown> {
    await this.app.openFile(customer);
    return this.app.fileShown();
  }
}
