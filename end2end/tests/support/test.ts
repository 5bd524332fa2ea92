/** Playwright's `test` with a salon to test in. Import `test` and `expect` from here. */

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { Device, type Kind } from "./chromium.ts";
import { Salon } from "./salon.ts";

interface OfOneTest {
  /** Starts another device, with more flags for its browser; it ends with the test. */
  device: (kind: Kind, flags?: string[]) => Promise<Device>;
}

interface OfOneWorker {
  /** The demo salon, shared by the tests of a worker: a test that breaks things opens a `Salon` of its own. */
  salon: Salon;
}

export const test = base.extend<OfOneTest, OfOneWorker>({
  salon: [
    async ({}, use) => {
      const salon = await Salon.open({ isDemo: true });
      await use(salon);
      await salon.stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ salon }, use) => use(salon.url),

  device: async ({}, use) => {
    const devices: Device[] = [];
    await use(async (kind, flags) => {
      const device = await Device.start(kind, flags);
      devices.push(device);
      return device;
    });
    await Promise.all(devices.map((device) => device.stop()));
    expect(devices.flatMap((device) => device.panics)).toEqual([]);
  },
});

/** axe finds nothing to object to on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

export { expect };
