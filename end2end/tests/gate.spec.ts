/** The gate is one function built twice: as a browser runs it and as the server does, it says the same. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT, xinyan } from "./support/salon.ts";
import { expect, test } from "./support/test.ts";

const CASES = 10_000;
const ZONES = ["forehead", "eyes", "cheeks", "nose", "mouth", "neck", "decollete", "back", "hands", "body"];
const CLASSES = ["hydrating", "repairing", "cleansing", "sunscreen", "whitening", "acid", "retinoid", "exfoliant", "essential_oil", "depilatory", "other"];
const TAGS = ["alcohol", "fragrance", "salicylic_acid", "fruit_acid", "preservative", "蜂胶提取物", "乙醇"];
const COURSES = ["laser", "resurfacing", "dermabrasion", "peel", "acid", "quick_whitening"];
const QUESTIONS = ["pregnant_or_nursing", "implant_or_pacemaker", "allergies", "medication", "skin_now", "destructive_history"];

interface GateModule {
  initSync: (options: { module: Uint8Array }) => unknown;
  verdicts: (cases: string) => string;
}

/** The same cases each time: a run that finds something can be run again. */
class Chance {
  #state = 20_261_122;

  below(n: number): number {
    // xorshift, 32 bits
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % n;
  }

  is(percent: number): boolean {
    return this.below(100) < percent;
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }

  some<T>(most: number, one: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, one);
  }
}

function day(ago: number): string {
  return new Date(Date.UTC(2026, 10, 22) - ago * 86_400_000).toISOString().slice(0, 10);
}

function anyCase(chance: Chance, id: number): unknown {
  const ago = (most: number): string => day(chance.below(most));
  const maybe = <T>(value: () => T): T | null => (chance.is(25) ? null : value());
  const answers = Object.fromEntries(QUESTIONS.filter(() => chance.is(98)).map((question) => [question, chance.is(80) ? "no" : chance.of(["yes", "yes", "not_asked", "refused"])]));
  const batch = (): unknown => ({ expires_on: day(chance.below(400) - 380), opened_on: maybe(() => ago(300)), months_after_opening: 1 + chance.below(24), recalled: chance.is(5) });
  return {
    id: `c${id}`,
    on: day(0),
    door: chance.of(["booking", "prescription", "room", "product"]),
    zone: chance.of(ZONES),
    answers,
    history: chance.some(2, () => ({ what: chance.of(COURSES), zone: maybe(() => chance.of(ZONES)), on: maybe(() => ago(130)) })),
    allergies: chance.some(1, () => chance.of([...TAGS, "酒精", "蜂胶", "acid"])),
    medication: chance.some(2, () => ({ what: chance.of(["isotretinoin", "photosensitising", "blood_thinning"]), until: maybe(() => ago(250)) })),
    skin_now: chance.some(1, () => ({ what: chance.of(["open_wound", "infection", "sunburn"]), zone: chance.of(ZONES) })),
    measurements: chance.some(4, () => ({ on: ago(130), zone: chance.of(ZONES), in_recovery_range: chance.is(60) })),
    reactions: chance.some(1, () => ({ class: chance.of(CLASSES), outcome: chance.of(["redness", "swelling", "worse", "fine"]), on: ago(90), resolved: chance.is(50) })),
    product: maybe(() => ({ id: chance.of(["p1", "p2"]), class: chance.of(CLASSES), tags: chance.some(3, () => chance.of(TAGS)), needs_patch_test: chance.is(15), batch: maybe(batch) })),
    patch_tests: chance.some(2, () => ({ product: chance.of(["p1", "p2"]), on: ago(220), result: chance.of(["negative", "negative", "positive"]) })),
    service: maybe(() => ({ id: chance.of(["s1", "s2"]), min_interval_days: chance.below(20), uses_current: chance.is(30) })),
    last_services: chance.some(2, () => ({ service: chance.of(["s1", "s2"]), zone: chance.of(ZONES), on: ago(30) })),
  };
}

test("ten thousand customers get the same verdicts from the browser's gate as from the server's", async () => {
  const chance = new Chance();
  const cases = JSON.stringify(Array.from({ length: CASES }, (_, id) => anyCase(chance, id)));
  const folder = mkdtempSync(join(tmpdir(), "xinyan-gate-"));
  writeFileSync(join(folder, "cases.json"), cases);
  const byTheServer = xinyan("verdicts", join(folder, "cases.json")).trim();
  rmSync(folder, { recursive: true });

  const gate = (await import(pathToFileURL(join(ROOT, "target/gate/gate.js")).href)) as GateModule;
  gate.initSync({ module: readFileSync(join(ROOT, "target/gate/gate_bg.wasm")) });
  const byTheBrowser = gate.verdicts(cases);

  expect(byTheBrowser === byTheServer, "byte for byte").toBe(true);
  const verdicts = (JSON.parse(byTheServer) as { verdict: string }[]).map((judged) => judged.verdict);
  expect(verdicts).toHaveLength(CASES);
  // Each of the four comes up often enough for the comparison to mean something.
  for (const verdict of ["allow", "needs_senior", "ask_first", "forbid"]) expect(verdicts.filter((one) => one === verdict).length, verdict).toBeGreaterThan(100);
});
