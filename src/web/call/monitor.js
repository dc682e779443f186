// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';
import { StatsCollector } from '../rtc/stats.js';
import { judgeSilence, qualityScore } from './liveness.js';

/* Fine enough for limits of whole seconds. */
const TICK = 500;

/** Watches a leg that is up: pings, statistics, signs of life. Emits "change" and "stats". */
export class Monitor extends Emitter {
  #leg;
  #channel;
  #collector = new StatsCollector();
  #timer;
  #ticks = 0;
  #lastPacket = 0;
  #connectedAt = Date.now();

  constructor(leg, channel) {
    super();
    this.#leg = leg;
    this.#channel = channel;
    this.level = 'ok';
    this.quality = 3;
    this.stats = null;
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  get lastSign() {
    return Math.max(this.#connectedAt, this.#lastPacket, this.#channel.lastMessage);
  }

  stop() {
    clearInterval(this.#timer);
    this.mute();
  }

  async #tick() {
    if (this.#ticks++ % 2 === 0) {
      this.#channel.ping();
      await this.#collect();
    }
    const silence = Date.now() - this.lastSign;
    const level = judgeSilence(silence);
    const loss = this.stats?.loss ?? -1;
    const quality = qualityScore(silence, this.#channel.roundTrip, loss);
    if (level === this.level && quality === this.quality) return;
    this.level = level;
    this.quality = quality;
    this.emit('change');
  }

  async #collect() {
    const stats = await this.#collector.collect(this.#leg.connection, performance.now());
    if (stats.isAlive) this.#lastPacket = Date.now();
    this.stats = { ...stats, roundTrip: this.#channel.roundTrip };
    this.emit('stats');
  }
}
