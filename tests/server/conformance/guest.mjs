// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import WebSocket from 'ws';

const PATIENCE = 30000;

/** A fresh PEER, SECRET or ROOM. */
export function freshId() {
  return randomBytes(18).toString('base64url');
}

/** Fails if the promise takes too long; what for is told. */
export async function within(promise, what, patience = PATIENCE) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No ${what} within ${patience} ms`)), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A client of a room: one real WebSocket, what came over it, and how it was closed. */
export class Guest {
  #inbox = [];
  #waiting = [];

  constructor(url, peer, options = {}) {
    this.peer = peer;
    this.socket = new WebSocket(url, { perMessageDeflate: false, ...options });
    this.opened = new Promise((resolve, reject) => {
      this.socket.once('open', resolve);
      this.socket.once('error', reject);
    });
    this.closed = new Promise((resolve) => this.socket.once('close', (code) => resolve(code)));
    this.socket.on('error', () => {});
    this.socket.on('message', (data, binary) => this.#arrive(data, binary));
    this.opened.catch(() => {});
    this.closed.then(() => this.#wake());
  }

  #arrive(data, binary) {
    this.#inbox.push({ binary, text: data.toString('utf8') });
    this.#wake();
  }

  #wake() {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  /** The next frame's text, whatever it is. */
  async nextText(patience = PATIENCE) {
    const end = Date.now() + patience;
    while (this.#inbox.length === 0) {
      assert.notEqual(this.socket.readyState, WebSocket.CLOSED, 'no message, but closed');
      const change = new Promise((resolve) => this.#waiting.push(resolve));
      await within(change, 'message', Math.max(end - Date.now(), 1));
    }
    const { text, binary } = this.#inbox.shift();
    assert.equal(binary, false, 'servers send text');
    return text;
  }

  async next(type) {
    const message = JSON.parse(await this.nextText());
    if (type !== undefined) assert.equal(message.type, type, JSON.stringify(message));
    return message;
  }

  /** Sends an object, or text as it is. */
  send(message) {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  say(text, more = {}) {
    this.send({ type: 'note', from: this.peer, text, ...more });
  }

  /** Nothing has come, and nothing that was on its way either: a ping's answer is next. */
  async hearsNothing() {
    this.send({ type: 'ping' });
    await this.next('pong');
  }

  /** What was sent before has been dealt with: a WebSocket pong says so. */
  async settle() {
    const pong = new Promise((resolve) => this.socket.once('pong', resolve));
    this.socket.ping();
    await within(pong, 'pong');
  }

  /** What has come and was not asked for yet. */
  get unheard() {
    return this.#inbox.map(({ text }) => JSON.parse(text));
  }

  /** The close code; what comes before it is kept in `last`, parsed. */
  async closeCode() {
    const code = await within(this.closed, 'close');
    this.last = this.#inbox.length > 0 ? JSON.parse(this.#inbox.at(-1).text) : null;
    return code;
  }

  /** The connection is closed with that code, and but for the end of a server told why before. */
  async isRefused(code) {
    assert.equal(await this.closeCode(), code);
    assert.equal(this.last?.type, 'error');
    assert.equal(this.last.code, code);
    assert.equal(typeof this.last.message, 'string');
  }

  async leave(code = 1000) {
    this.socket.close(code);
    return this.closeCode();
  }

  /** Loses the connection without a word. */
  vanish() {
    this.socket.terminate();
  }
}

/** What a case has at hand: a room of its own on the server under test. */
export class TestRoom {
  #guests = [];

  constructor(server) {
    this.server = server;
    this.name = freshId();
  }

  url(query, path = `/parties/${this.server.party}/${this.name}`) {
    return `ws://127.0.0.1:${this.server.port}${path}?${new URLSearchParams(query)}`;
  }

  /** Connects to any address, as anybody. */
  connect(url, peer = freshId(), options = {}) {
    const guest = new Guest(url, peer, options);
    this.#guests.push(guest);
    return guest;
  }

  /** Connects, with `secret` if there is one. */
  enter({ peer = freshId(), secret = null, options = {} } = {}) {
    const query = secret === null ? { _pk: peer } : { _pk: peer, _rs: secret };
    return this.connect(this.url(query), peer, options);
  }

  /** Connects and has been greeted. */
  async join(who) {
    const guest = this.enter(who);
    guest.greeting = await guest.next('room-joined');
    return guest;
  }

  /** Two who know of each other. */
  async pair(first, second) {
    const a = await this.join(first);
    const b = await this.join(second);
    await a.next('peer-joined');
    return [a, b];
  }

  async get(path, { method = 'GET', headers = {}, ...more } = {}) {
    const url = `http://127.0.0.1:${this.server.port}${path}`;
    const once = { ...headers, Connection: 'close' };
    return within(fetch(url, { method, headers: once, ...more }), 'answer');
  }

  async participants() {
    const answer = await this.get(`/parties/${this.server.party}/${this.name}`);
    assert.equal(answer.status, 200);
    return (await answer.json()).participants;
  }

  end() {
    for (const guest of this.#guests) guest.vanish();
  }
}

/** Asks until it holds. */
export async function until(condition, what, patience = PATIENCE) {
  const end = Date.now() + patience;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `Not within ${patience} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
