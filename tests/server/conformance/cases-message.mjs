// SPDX-License-Identifier: GPL-3.0-or-later

/* What is relayed, to whom, and what is refused. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { freshId } from './guest.mjs';

const SERVER_TYPES = [
  'room-joined',
  'peer-joined',
  'peer-disconnected',
  'announcement',
  'pong',
  'error',
];
const VECTORS = JSON.parse(readFileSync(new URL('../../vectors/json.json', import.meta.url)));

/* Sends a message from a fresh pair and expects its sender to be thrown out. */
async function throwsOut(room, send, code = 4000) {
  const [a, b] = await room.pair();
  send(b, a);
  await b.isRefused(code);
  assert.equal((await a.next('peer-disconnected')).peerId, b.peer);
}

function refused(what, make, code = 4000) {
  return {
    name: `message: ${what} gets ${code}`,
    test: (room) => throwsOut(room, (b, a) => b.send(make(b.peer, a.peer)), code),
  };
}

export const CASES = [
  {
    name: 'message: the ping is answered with pong and not relayed',
    async test(room) {
      const [a, b] = await room.pair();
      b.send({ type: 'ping' });
      assert.deepEqual(await b.next(), { type: 'pong' });
      b.send({ type: 'ping', from: b.peer, to: a.peer, more: [1] });
      assert.deepEqual(await b.next(), { type: 'pong' });
      await a.hearsNothing();
    },
  },
  {
    name: 'message: one to an absent PEER or to oneself is dropped, not queued',
    async test(room) {
      const [a, b] = await room.pair();
      const absent = freshId();
      b.say('nobody', { to: absent });
      b.say('myself', { to: b.peer });
      b.say('empty', { to: '' });
      await b.hearsNothing();
      await a.hearsNothing();
      await b.leave();
      await a.next('peer-disconnected');
      const late = await room.join({ peer: absent });
      await late.hearsNothing();
    },
  },
  {
    name: 'message: `to` picks one of several',
    async test(room) {
      const [a, b] = await room.pair();
      b.say('for you', { to: a.peer });
      assert.equal((await a.next('note')).text, 'for you');
      await b.hearsNothing();
    },
  },
  {
    name: 'message: any type and any fields that are not the server’s',
    async test(room) {
      const [a, b] = await room.pair();
      const message = {
        type: 'sealed',
        from: b.peer,
        iv: 'AAAAAAAAAAAAAAAA',
        data: 'x',
        room: 'another',
        peerId: 7,
        deep: { list: [null, true, { type: 'error' }] },
      };
      b.send(message);
      assert.deepEqual(await a.next(), message);
      b.send({ type: '', from: b.peer });
      assert.equal((await a.next()).type, '');
    },
  },
  {
    name: 'message: one without from, as plain web clients send it, is relayed as it is',
    async test(room) {
      const [a, b] = await room.pair();
      const message = { type: 'offer', offer: { type: 'offer', sdp: 'v=0' } };
      b.send(message);
      assert.deepEqual(await a.next(), message);
    },
  },
  {
    name: 'message: the strict check takes what the vectors take',
    async test(room) {
      const [a, b] = await room.pair();
      for (const { text, name } of VECTORS.accept) {
        if (text === undefined || !/^\s*\{/.test(text)) continue;
        const head = `{"type":"note","from":"${b.peer}"`;
        const body = text.replace(/^\s*\{\s*/, '');
        const whole = body.startsWith('}') ? `${head}${body}` : `${head},${body}`;
        b.send(whole);
        assert.equal(await a.nextText(), whole, name);
      }
    },
  },
  ...VECTORS.reject
    .filter(({ text }) => typeof text === 'string' && !/[\ud800-\udfff]/.test(text))
    .map(({ name, text }) => ({
      name: `message: bad JSON (${name}) gets 4000`,
      async test(room) {
        const guest = await room.join();
        guest.send(text);
        await guest.isRefused(4000);
      },
    })),
  refused('no type', (from) => ({ from })),
  refused('a type that is no string', (from) => ({ type: 1, from })),
  refused('a from that is no string', () => ({ type: 'note', from: 1 })),
  refused('another’s PEER as from', (_, other) => ({ type: 'note', from: other })),
  refused('a from in another case', (from) => ({ type: 'note', from: `${from}x` })),
  refused('a ping with another’s from', (_, from) => ({ type: 'ping', from })),
  refused('a `to` that is no string', (from) => ({ type: 'note', from, to: null })),
  ...SERVER_TYPES.map((type) => refused(`the server’s own ${type}`, (from) => ({ type, from }))),
  {
    name: 'message: a binary frame gets 4000',
    async test(room) {
      await throwsOut(room, (b) =>
        b.socket.send(Buffer.from(JSON.stringify({ type: 'note', from: b.peer }))),
      );
    },
  },
  {
    name: 'message: what comes after a bad one is not relayed',
    async test(room) {
      const [a, b] = await room.pair();
      b.send('{');
      b.say('too late');
      await b.isRefused(4000);
      await a.next('peer-disconnected');
      await a.hearsNothing();
    },
  },
];
