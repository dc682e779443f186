// SPDX-License-Identifier: GPL-3.0-or-later

/* How much, how fast, how long. */

import assert from 'node:assert/strict';

import { freshId, until } from './guest.mjs';
import { LIMITS } from './servers.mjs';

const SIZE = 64 * 1024;
const SECOND = 1000;

/* A note of that many bytes. */
function noteOf(guest, bytes) {
  const empty = JSON.stringify({ type: 'note', from: guest.peer, text: '' });
  return `${empty.slice(0, -2)}${'x'.repeat(bytes - empty.length)}"}`;
}

async function beat(guest, seconds) {
  const end = Date.now() + seconds * SECOND;
  while (Date.now() < end) {
    await guest.hearsNothing();
    await new Promise((resolve) => setTimeout(resolve, SECOND));
  }
}

export const CASES = [
  {
    name: 'limit: a room expires with 4004, and its name is free again',
    slow: true,
    async test(room) {
      const [a, b] = await room.pair({ secret: freshId() });
      const before = a.greeting.expiresAt - Date.now();
      assert.ok(before > 0 && before <= LIMITS['room-lifetime'] * SECOND);
      await Promise.all([beat(a, before / SECOND - 3), beat(b, before / SECOND - 3)]);
      await Promise.all([a.isRefused(4004), b.isRefused(4004)]);
      assert.ok(Date.now() >= a.greeting.expiresAt - SECOND);
      const next = await room.join();
      assert.ok(next.greeting.expiresAt > a.greeting.expiresAt);
    },
  },
  {
    name: 'limit: who has pinged and then says nothing, not even a WebSocket pong, is dropped',
    slow: true,
    async test(room) {
      const silent = await room.join({ secret: freshId(), options: { autoPong: false } });
      await silent.hearsNothing();
      const code = await silent.closeCode();
      assert.ok([1001, 1006].includes(code), `closed with ${code}`);
      assert.equal(await room.participants(), 0);
    },
  },
  {
    name: 'limit: who goes on pinging stays',
    slow: true,
    async test(room) {
      const guest = await room.join();
      await beat(guest, 4 * LIMITS['ping-interval']);
      assert.equal(await room.participants(), 1);
    },
  },
  {
    name: 'limit: an empty room is forgotten, and begins anew',
    slow: true,
    async test(room) {
      const a = await room.join();
      await a.leave();
      await new Promise((resolve) => setTimeout(resolve, (LIMITS['empty-room-time'] + 1) * SECOND));
      const again = await room.join();
      const later = again.greeting.expiresAt - a.greeting.expiresAt;
      assert.ok(later >= LIMITS['empty-room-time'] * SECOND, `only ${later} ms later`);
    },
  },
  {
    name: 'limit: a room that is empty for a moment goes on',
    async test(room) {
      const a = await room.join();
      await a.leave();
      await until(async () => (await room.participants()) === 0, 'the room is empty');
      assert.equal((await room.join()).greeting.expiresAt, a.greeting.expiresAt);
    },
  },
  {
    name: 'limit: a message of exactly 64 KiB is relayed',
    async test(room) {
      const [a, b] = await room.pair();
      const text = noteOf(b, SIZE);
      b.send(text);
      assert.equal(await a.nextText(), text);
    },
  },
  {
    name: 'limit: one byte more gets 4008',
    async test(room) {
      const [a, b] = await room.pair();
      b.send(noteOf(b, SIZE + 1));
      await b.isRefused(4008);
      await a.next('peer-disconnected');
    },
  },
  {
    name: 'limit: bytes are counted, not characters',
    async test(room) {
      const [a, b] = await room.pair();
      b.say('€'.repeat(SIZE / 3));
      await b.isRefused(4008);
      await a.next('peer-disconnected');
    },
  },
  {
    name: 'limit: fragments count together',
    async test(room) {
      const [a, b] = await room.pair();
      const whole = Buffer.from(noteOf(b, SIZE + 4096));
      for (let at = 0; at < whole.length; at += 8192)
        b.socket.send(whole.subarray(at, at + 8192), {
          binary: false,
          fin: at + 8192 >= whole.length,
        });
      await b.isRefused(4008);
      await a.next('peer-disconnected');
    },
  },
  {
    name: 'limit: a burst of 150 messages is relayed whole',
    async test(room) {
      const [a, b] = await room.pair();
      for (let i = 0; i < 150; i++) b.say(i);
      for (let i = 0; i < 150; i++) assert.equal((await a.next('note')).text, i);
    },
  },
  {
    name: 'limit: a flood of messages gets 4008, and the other stays',
    async test(room) {
      const [a, b] = await room.pair();
      for (let i = 0; i < 1500; i++) b.say('');
      await b.isRefused(4008);
      for (;;) if ((await a.next()).type === 'peer-disconnected') break;
      await a.hearsNothing();
    },
  },
  {
    name: 'limit: a flood of pings gets 4008',
    async test(room) {
      const guest = await room.join();
      for (let i = 0; i < 1500; i++) guest.send('{"type":"ping"}');
      await guest.isRefused(4008);
    },
  },
  {
    name: 'limit: a flood of bytes gets 4008, and the seat is free',
    async test(room) {
      const [a, b] = await room.pair({}, { secret: freshId() });
      for (let i = 0; i < 11; i++) b.send(noteOf(b, SIZE));
      await b.isRefused(4008);
      for (;;) if ((await a.next()).type === 'peer-disconnected') break;
      await room.join();
    },
  },
];
