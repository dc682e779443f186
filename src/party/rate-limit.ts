// SPDX-License-Identifier: GPL-3.0-or-later

/** A token bucket. It starts full; times are in milliseconds. */
export class RateLimit {
  #level: number;
  #updated: number;

  /** `rate` units a second, `burst` of them at once. */
  constructor(
    readonly rate: number,
    readonly burst: number,
    now: number,
  ) {
    this.#level = burst;
    this.#updated = now;
  }

  /** Uses `amount` if it is there, nothing if not; returns whether it was. */
  take(amount: number, now: number): boolean {
    if (now > this.#updated) {
      const gained = (this.rate * (now - this.#updated)) / 1000;
      this.#level = Math.min(this.burst, this.#level + gained);
      this.#updated = now;
    }
    if (amount > this.#level) return false;

    this.#level -= amount;
    return true;
  }
}
