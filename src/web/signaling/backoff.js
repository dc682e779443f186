// SPDX-License-Identifier: GPL-3.0-or-later

const FIRST_DELAY = 250;
const LIMIT = 10_000;
const MAX_DOUBLINGS = 6;

/** Growing delays: half of a doubling base, plus a random part of the other half. */
export class Backoff {
  #attempts = 0;

  /** The next delay in milliseconds; `random` is from 0 to 1. */
  next(random = Math.random()) {
    const base = Math.min(FIRST_DELAY * 2 ** Math.min(this.#attempts, MAX_DOUBLINGS), LIMIT);
    this.#attempts++;
    return base / 2 + random * (base / 2);
  }

  reset() {
    this.#attempts = 0;
  }
}
