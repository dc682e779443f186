// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';
import { readChannelMessage } from '../protocol/channel-message.js';
import { parseJson } from '../protocol/json.js';
import { writeMessage } from '../protocol/peer-message.js';
import { utf8 } from '../protocol/text.js';
import { ChannelPace } from './channel-pace.js';

/**
 * The conversation on the data channel of one leg. Emits "message" (state, resume or bye); all else
 * is only a sign of life.
 */
export class Channel extends Emitter {
  #leg;
  #pace = new ChannelPace();

  constructor(leg) {
    super();
    this.lastMessage = 0;
    this.#leg = leg;
    leg.on('message', (text) => this.#received(text));
  }

  get roundTrip() {
    return this.#pace.roundTrip;
  }

  send(message) {
    this.#leg.sendText(JSON.stringify(writeMessage(message)));
  }

  ping() {
    this.send({ type: 'ping', id: this.#pace.ping(performance.now()) });
  }

  #received(text) {
    /* Without a verified certificate there is no connection, and nothing gets here. */
    this.lastMessage = Date.now();
    if (!this.#pace.admit(utf8(text).length, performance.now())) return;
    let message;
    try {
      message = readChannelMessage(parseJson(text));
    } catch (error) {
      console.debug('A message on the data channel was ignored:', error.message);
      return;
    }
    if (message.type === 'ping') this.send({ type: 'pong', id: message.id });
    else if (message.type === 'pong') this.#pace.pong(message.id, performance.now());
    else this.emit('message', message);
  }
}
