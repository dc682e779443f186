// SPDX-License-Identifier: GPL-3.0-or-later

import type * as Party from 'partykit/server';

import { checkClientFrame } from './client-frame';
import { CloseCode, EXPLANATIONS } from './close-code';
import type { Limits } from './limits';
import { RateLimit } from './rate-limit';

const MISSED_PINGS = 2;

/** What a client's room does about it. */
export interface ClientHandlers {
  /** It sent something to be relayed: to one PEER, or with null to all others. */
  message(client: Client, to: string | null, text: string): void;
  /** It takes no part any more; `forGood` if it left or was thrown out rather than lost. */
  gone(client: Client, forGood: boolean): void;
}

/**
 * One client's WebSocket at the room: keeps the limits, judges what comes in, answers pings. It has
 * handlers of its own on the socket, as PartyKit's onClose() does not tell the close code, and its
 * map of connections forgets the successor of a connection with the same id.
 */
export class Client {
  readonly #messages: RateLimit;
  readonly #bytes: RateLimit;
  #pinging = false;
  #lastSeen: number;
  #gone = false;

  constructor(
    readonly socket: Party.Connection,
    readonly peerId: string,
    readonly limits: Limits,
    readonly handlers: ClientHandlers,
    now: number,
  ) {
    this.#messages = new RateLimit(limits.messageRate, limits.messageBurst, now);
    this.#bytes = new RateLimit(limits.byteRate, limits.byteBurst, now);
    this.#lastSeen = now;

    socket.addEventListener('message', (event) => this.#receive(event.data, Date.now()));
    socket.addEventListener('error', () => this.#setGone(false));
    socket.addEventListener('close', (event) => {
      this.#setGone(event.code === 1000);
      this.#closeSocket(event.code === 1000 ? 1000 : CloseCode.goingAway);
    });
  }

  send(message: object | string): void {
    if (this.#gone) return;
    try {
      this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    } catch {
      /* Lost, and its close event is still to come. */
      this.#setGone(false);
    }
  }

  /** Tells the client why, and takes no more from it. */
  close(code: CloseCode): void {
    if (this.#gone) return;

    const message = EXPLANATIONS[code];
    if (message !== undefined) this.send({ type: 'error', code, message });
    this.#setGone(code !== CloseCode.goingAway);
    this.#closeSocket(code, message);
  }

  /**
   * Closes a client that has sent nothing over two pings and more. Only one that has pinged is
   * expected to go on: a Worker cannot send pings of its own.
   */
  checkPings(now: number): void {
    const silence = now - this.#lastSeen;
    if (this.#pinging && silence > (MISSED_PINGS + 1) * this.limits.pingInterval)
      this.close(CloseCode.goingAway);
  }

  #receive(data: unknown, now: number): void {
    this.#lastSeen = now;
    if (this.#gone) return;

    const text = typeof data === 'string' ? data : null;
    const size =
      text !== null ? new TextEncoder().encode(text).length : (data as ArrayBuffer).byteLength;

    if (!this.#messages.take(1, now) || !this.#bytes.take(size, now)) this.close(CloseCode.tooFast);
    else if (text === null) this.close(CloseCode.malformed);
    else if (size > this.limits.messageSize) this.close(CloseCode.tooFast);
    else this.#handle(text);
  }

  #handle(text: string): void {
    const frame = checkClientFrame(text, this.peerId);

    if (frame.kind === 'relay') {
      this.handlers.message(this, frame.to, text);
    } else if (frame.kind === 'ping') {
      this.#pinging = true;
      this.send({ type: 'pong' });
    } else {
      this.close(CloseCode.malformed);
    }
  }

  #setGone(forGood: boolean): void {
    if (this.#gone) return;
    this.#gone = true;
    this.handlers.gone(this, forGood);
  }

  #closeSocket(code: number, reason?: string): void {
    try {
      this.socket.close(code, reason);
    } catch {
      /* It is closed already. */
    }
  }
}
