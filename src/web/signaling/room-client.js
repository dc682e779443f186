// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';
import { Envelope } from '../protocol/envelope.js';
import { parseJson } from '../protocol/json.js';
import { Refusal } from '../protocol/refusal.js';
import { isServerMessageType, readServerMessage } from '../protocol/server-message.js';
import { Backoff } from './backoff.js';
import { closePolicy } from './close-policy.js';

const PING_INTERVAL = 15_000;
const FULL_TIMEOUT = 60_000;
const FULL_INTERVAL = 2_000;
const LATER_INTERVAL = 5_000;
const STEADY_AFTER = 5_000;
const GREETING_PATIENCE = 300;
const OPEN_PATIENCE = 10_000;
const MAX_QUEUE = 64;

/**
 * Stays joined to a room, whatever becomes of server and network, until leave().
 *
 * Emits "joined" (the greeting, null in plain rooms) for each connection, "message" (message, from,
 * addressed), "peer-left" (PEER), "announcement" (text), "state" (connected, full, waiting,
 * reached) and "closed" (reason).
 */
export class RoomClient extends Emitter {
  #uri;
  #seat;
  #envelope;
  #socket = null;
  #backoff = new Backoff();
  #timers = new Map();
  #queue = [];
  #outgoing = Promise.resolve();
  #incoming = Promise.resolve();
  #openedAt = 0;
  #fullSince = 0;
  #greeted = false;
  #missedPongs = 0;
  #pongs = false;

  constructor({ uri, roomId, sealKey, peerId, seat }) {
    super();
    this.#uri = uri;
    this.#seat = seat;
    this.#envelope = new Envelope(roomId, peerId, sealKey);
    this.peerId = peerId;
    this.connected = false;
    this.full = false;
    this.waiting = false;
    this.reached = false;
    this.running = false;
  }

  join() {
    this.running = true;
    globalThis.addEventListener?.('online', this.#online);
    this.#connect();
  }

  /** Sends a message, or keeps it until the room is back. */
  send(message, to = null) {
    this.#outgoing = this.#outgoing
      .then(() => this.#envelope.wrap(message, to))
      .then((text) => this.#deliver(text))
      .catch((error) => console.debug('Not sent:', error.message));
  }

  /** Leaves once everything is out; the seat is given back. */
  async leave() {
    this.running = false;
    await this.#outgoing;
    this.#stop();
    this.#socket?.close(1000);
    this.#socket = null;
    this.mute();
  }

  #online = () => {
    if (!this.running) return;
    this.#backoff.reset();
    if (this.connected) this.#ping();
    else this.#connect();
  };

  #after(name, delay, run) {
    clearTimeout(this.#timers.get(name));
    this.#timers.set(name, setTimeout(run, delay));
  }

  #stop() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    globalThis.removeEventListener?.('online', this.#online);
  }

  #change(values) {
    Object.assign(this, values);
    this.emit('state');
  }

  #connect() {
    const { secret, ticket } = this.#seat;
    const token = ticket === null ? '' : `&_tk=${encodeURIComponent(ticket)}`;
    const socket = new WebSocket(`${this.#uri}?_pk=${this.peerId}&_rs=${secret}${token}`);
    this.#abandon();
    this.#socket = socket;
    this.#greeted = false;
    this.#openedAt = 0;
    socket.onopen = () => this.#opened();
    socket.onmessage = ({ data }) => this.#received(socket, data);
    socket.onclose = ({ code }) => this.#closed(code);
    this.#after('open', OPEN_PATIENCE, () => this.#giveUp());
  }

  #abandon() {
    const socket = this.#socket;
    if (socket === null) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    this.#socket = null;
  }

  /* The close event of a socket whose network is gone may take minutes. */
  #giveUp() {
    this.#abandon();
    this.#closed(1006);
  }

  #opened() {
    this.#openedAt = Date.now();
    this.#missedPongs = 0;
    this.#pongs = false;
    clearTimeout(this.#timers.get('open'));
    this.#after('greeting', GREETING_PATIENCE, () => this.#joined(null));
    this.#after('ping', PING_INTERVAL, () => this.#ping());
  }

  #joined(greeting) {
    if (this.#greeted && greeting === null) return;
    clearTimeout(this.#timers.get('greeting'));
    this.#greeted = true;
    this.#fullSince = 0;
    if (greeting?.ticket !== undefined) this.#seat.keepTicket(greeting.ticket);
    this.#change({ connected: true, full: false, waiting: false, reached: true });
    this.emit('joined', greeting);
    for (const text of this.#queue.splice(0)) this.#deliver(text);
  }

  #deliver(text) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text);
    else if (this.running && this.#queue.push(text) > MAX_QUEUE) this.#queue.shift();
  }

  #ping() {
    if (this.#pongs && ++this.#missedPongs > 2) {
      this.#giveUp();
      return;
    }
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send('{"type":"ping"}');
    this.#after('ping', PING_INTERVAL, () => this.#ping());
  }

  /* Opening is asynchronous: frames are taken strictly one after the other. */
  #received(socket, data) {
    this.#incoming = this.#incoming
      .then(() => (socket === this.#socket ? this.#take(data) : undefined))
      .catch((error) => {
        /* Whatever became of one frame, the next is taken. */
        if (error instanceof Refusal) console.debug('A frame was dropped:', error.message);
        else console.error(error);
      });
  }

  async #take(data) {
    const frame = parseJson(data);
    if (isServerMessageType(frame.type)) {
      this.#takeServerMessage(readServerMessage(frame));
      return;
    }
    const { message, from, addressed } = await this.#envelope.unwrap(frame);
    this.emit('message', message, from, addressed);
  }

  #takeServerMessage(message) {
    switch (message.type) {
      case 'room-joined':
        this.#joined(message);
        break;
      case 'peer-disconnected':
        this.emit('peer-left', message.peerId);
        break;
      case 'announcement':
        this.emit('announcement', message.text);
        break;
      case 'pong':
        this.#pongs = true;
        this.#missedPongs = 0;
        break;
    }
  }

  #closed(code) {
    const { action, reason } = closePolicy(code);
    clearTimeout(this.#timers.get('open'));
    clearTimeout(this.#timers.get('greeting'));
    clearTimeout(this.#timers.get('ping'));
    this.#socket = null;
    if (!this.running) return;

    /* A server that lets everybody in and throws them out at once must not be hammered. */
    if (this.#openedAt !== 0 && Date.now() - this.#openedAt >= STEADY_AFTER) this.#backoff.reset();

    const delay = action === 'stop' ? -1 : this.#delay(action);
    if (delay < 0) {
      this.running = false;
      this.#stop();
      this.#change({ connected: false, full: false, waiting: false });
      this.emit('closed', reason);
      return;
    }
    this.#after('retry', delay, () => this.#connect());
    this.#change({
      connected: false,
      full: action === 'retry-full',
      waiting: action === 'retry-later',
    });
  }

  /* Negative if the room has been full for too long. */
  #delay(action) {
    if (action === 'retry-later') return LATER_INTERVAL;
    if (action === 'retry') return this.#backoff.next();
    if (this.#fullSince === 0) this.#fullSince = Date.now();
    const left = FULL_TIMEOUT - (Date.now() - this.#fullSince);
    return left > 0 ? Math.min(left, FULL_INTERVAL) : -1;
  }
}
