// SPDX-License-Identifier: GPL-3.0-or-later

import {
  CHANNEL_MESSAGE_MAX_BYTES,
  CHANNEL_MESSAGES_PER_SECOND,
} from '../protocol/channel-message.js';

/** Counts what comes over a data channel and times its pings; times are in milliseconds. */
export class ChannelPace {
  roundTrip = -1;
  #windowStart = -Infinity;
  #count = 0;
  #pingId = 0;
  #pingSentAt = null;

  /** Whether a message may be looked at; if not it is to be dropped unread. */
  admit(bytes, now) {
    if (now - this.#windowStart >= 1000) {
      this.#windowStart = now;
      this.#count = 0;
    }
    if (bytes > CHANNEL_MESSAGE_MAX_BYTES || this.#count >= CHANNEL_MESSAGES_PER_SECOND)
      return false;
    this.#count++;
    return true;
  }

  ping(now) {
    this.#pingSentAt = now;
    return ++this.#pingId;
  }

  /** Only the newest ping's answer counts, and only once. */
  pong(id, now) {
    if (id !== this.#pingId || this.#pingSentAt === null) return;
    this.roundTrip = now - this.#pingSentAt;
    this.#pingSentAt = null;
  }
}
