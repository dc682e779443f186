// SPDX-License-Identifier: GPL-3.0-or-later

import { randomId } from '../protocol/bytes.js';
import { isId } from '../protocol/text.js';

/**
 * The seat in a room: the SECRET that it belongs to, and the ticket that lets its holder in again
 * where a server restricts who may start rooms.
 *
 * Both stay with the tab, so that a page that is loaded again has its own seat at once, and another
 * tab never gets it. A copy of a tab would: it takes the seat over, and the first one says so.
 */
export class Seat {
  #storage;
  #names;

  constructor(roomId, storage) {
    this.#storage = storage;
    this.#names = { secret: `seat ${roomId}`, ticket: `ticket ${roomId}` };
    this.ticket = this.#read('ticket');
    const kept = this.#read('secret');
    this.secret = kept !== null && isId(kept, 22) ? kept : randomId();
    this.#write('secret', this.secret);
  }

  keepTicket(ticket) {
    this.ticket = ticket;
    this.#write('ticket', ticket);
  }

  /* Storage may be switched off: then the seat lasts as long as the page. */
  #read(what) {
    try {
      return this.#storage.getItem(this.#names[what]);
    } catch {
      return null;
    }
  }

  #write(what, value) {
    try {
      this.#storage.setItem(this.#names[what], value);
    } catch {
      /* As said above. */
    }
  }
}
