// SPDX-License-Identifier: GPL-3.0-or-later

export const RESTART_INTERVAL = 2_000;

/* Nobody rebuilds a connection this often while the other does not; a larger leap is a mistake or an
 * attempt to use the numbers up. */
const MAX_LEAP = 1024;

/** Counts the peer connections with one remote peer; times are in milliseconds. */
export class Epoch {
  current = 0;
  startedAt = 0;
  #heard = 0;

  /** One above everything that either side has used. */
  get next() {
    return Math.max(this.current, this.#heard) + 1;
  }

  /** Remembers the other's newest epoch. */
  hear(epoch) {
    if (epoch <= this.current + MAX_LEAP) this.#heard = Math.max(this.#heard, epoch);
  }

  /** "stale", "same" or "newer". */
  judge(epoch) {
    if (epoch < this.current || epoch === 0 || epoch > this.current + MAX_LEAP) return 'stale';
    return epoch === this.current ? 'same' : 'newer';
  }

  mayStart(now) {
    return this.current === 0 || now - this.startedAt >= RESTART_INTERVAL;
  }

  start(now) {
    this.move(this.next, now);
    return this.current;
  }

  move(epoch, now) {
    this.current = epoch;
    this.#heard = Math.max(this.#heard, epoch);
    this.startedAt = now;
  }
}
