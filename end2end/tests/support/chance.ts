/** Chance that falls the same way every time it is given the same seed. */

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** 0 to `sides` - 1. */
  below(sides: number): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % sides;
  }

  between(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  /** So many of them, as from a pack of cards that is shuffled anew whenever it is used up. */
  deal<T>(pack: readonly T[], count: number): T[] {
    const dealt: T[] = [];
    while (dealt.length < count) {
      const left = [...pack];
      while (left.length > 0) dealt.push(...left.splice(this.below(left.length), 1));
    }
    return dealt.slice(0, count);
  }
}
