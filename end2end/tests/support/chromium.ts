/** One device: a Chromium with a profile of its own, which can be killed and started again like a real one. */

import { chromium, type BrowserContext, type Page } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "../../..");

export const CHROMIUM = findChromium();

export const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const SALON_LOCALE = { locale: "zh-CN", timezoneId: "Asia/Shanghai" };

export const VIEWPORTS = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true },
  tablet: { viewport: { width: 1180, height: 820 }, hasTouch: true },
  desk: { viewport: { width: 1440, height: 900 }, hasTouch: false },
};

export type Kind = keyof typeof VIEWPORTS;

export class Device {
  readonly kind: Kind;
  /** Everything the browser keeps: localStorage, IndexedDB, cookies, the service worker and its cache. */
  readonly profile: string;
  /** What the program said before it fell over, in any tab, before and after restarts: nothing, if all is well. */
  readonly panics: string[] = [];
  readonly #flags: string[];
  #context: BrowserContext;

  private constructor(kind: Kind, profile: string, flags: string[], context: BrowserContext) {
    this.kind = kind;
    this.profile = profile;
    this.#flags = flags;
    this.#context = this.#watched(context);
  }

  #watched(context: BrowserContext): BrowserContext {
    context.on("console", (message) => {
      if (/panicked|unreachable executed/.test(message.text())) this.panics.push(message.text());
    });
    context.on("weberror", (error) => this.panics.push(error.error().message));
    return context;
  }

  static async start(kind: Kind, flags: string[] = []): Promise<Device> {
    const profile = mkdtempSync(join(tmpdir(), `xinyan-${kind}-`));
    return new Device(kind, profile, flags, await launch(kind, profile, flags));
  }

  get context(): BrowserContext {
    return this.#context;
  }

  /** The first tab; others come from `context.newPage()`. */
  get page(): Page {
    const [page] = this.#context.pages();
    if (!page) throw new Error(`the ${this.kind} has no tab open`);
    return page;
  }

  /**
   * Switches the network off or on for every tab and its service worker, and says so to the page (`navigator.onLine`).
   * A server that cannot be reached while the device believes itself online is what `Proxy.cut` is for.
   */
  async setOffline(isOffline: boolean): Promise<void> {
    await this.#context.setOffline(isOffline);
  }

  /** Pulls the plug: every process of the browser at once, nothing written that was not yet written. */
  async kill(): Promise<void> {
    const gone = new Promise<void>((resolve) => this.#context.once("close", () => resolve()));
    for (const group of this.#processGroups()) killGroup(group);
    await gone;
    await this.#untilNoProcess();
  }

  async start(): Promise<void> {
    this.#context = this.#watched(await launch(this.kind, this.profile, this.#flags));
  }

  /** Killed, then started again on the same profile. */
  async killAndStart(): Promise<void> {
    await this.kill();
    await this.start();
  }

  /** Closed and thrown away. */
  async stop(): Promise<void> {
    await this.#context.close().catch(() => undefined);
    await this.#untilNoProcess();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /**
   * The files that it keeps in which the words stand, as UTF-8 or as browsers keep strings, UTF-16.
   * Two characters are found by chance: in UTF-16 单丹 is the same bytes as `US9N`, and what is sealed is kept in such letters.
   */
  filesWith(words: string): string[] {
    if (words.length < 3) throw new Error(`${words} is too short to be looked for`);
    const needles = [Buffer.from(words, "utf8"), Buffer.from(words, "utf16le")];
    const files = readdirSync(this.profile, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map((entry) => join(entry.parentPath, entry.name));
    return paths.filter((path) => {
      const bytes = readFileSync(path);
      return needles.some((needle) => bytes.includes(needle));
    });
  }

  #processGroups(): number[] {
    const lines = execFileSync("ps", ["-eww", "-o", "pgid=,args="], { encoding: "utf8", maxBuffer: 64 << 20 }).split("\n");
    const ours = lines.filter((line) => line.includes(`--user-data-dir=${this.profile}`));
    return [...new Set(ours.map((line) => Number.parseInt(line, 10)))];
  }

  async #untilNoProcess(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      if (this.#processGroups().length === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`the browser on ${this.profile} does not end`);
  }
}

function launch(kind: Kind, profile: string, flags: string[]): Promise<BrowserContext> {
  return chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    args: [...FLAGS, ...flags],
    // Playwright switches it off; what a page shows that comes back whole by the back button is a thing to test.
    ignoreDefaultArgs: ["--disable-back-forward-cache"],
    ...SALON_LOCALE,
    ...VIEWPORTS[kind],
  });
}

function killGroup(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function findChromium(): string {
  try {
    return execFileSync(join(ROOT, ".tools/chromium"), { encoding: "utf8" }).trim();
  } catch {
    throw new Error("Chromium is missing: install it with your system's packages, or name one in XINYAN_CHROMIUM.");
  }
}
