// SPDX-License-Identifier: GPL-3.0-or-later

/* Who sits where: greeting, joining, leaving, coming back. */

import assert from 'node:assert/strict';

import { freshId, until } from './guest.mjs';
import { LIMITS } from './servers.mjs';

const HOLD = LIMITS['seat-hold'] * 1000;

export const CASES = [
  {
    name: 'seat: a lost one is held for its SECRET, then given up and only then told of',
    slow: true,
    async test(room) {
      const a = await room.join();
      const b = await room.join({ secret: freshId() });
      await a.next('peer-joined');
      const lostAt = Date.now();
      b.vanish();
      await until(async () => (await room.participants()) === 1, 'the loss is noticed');
      await a.hearsNothing();
      await room.enter().isRefused(4003);
      const { peerId } = await a.next('peer-disconnected');
      assert.equal(peerId, b.peer);
      assert.ok(Date.now() - lostAt >= HOLD - 500, 'the seat was not held');
      await room.join();
    },
  },
  {
    name: 'seat: greeting holds room, own PEER, others, seats and expiry',
    async test(room) {
      const before = Date.now();
      const [a, b] = await room.pair();
      const { greeting } = b;
      assert.equal(greeting.room, room.name);
      assert.equal(greeting.peerId, b.peer);
      assert.deepEqual(greeting.peers.map(({ id }) => id), [a.peer]);
      assert.ok(Math.abs(greeting.peers[0].joinedAt - before) < 60000, 'joinedAt is wall time');
      assert.ok(Array.isArray(greeting.iceServers));
      assert.equal(greeting.maxParticipants, 2);
      assert.ok(greeting.expiresAt > before && greeting.expiresAt < before + 86400001);
      assert.deepEqual(a.greeting.peers, []);
    },
  },
  {
    name: 'seat: a newcomer is told of to the others, with the time',
    async test(room) {
      const a = await room.join();
      const b = await room.join();
      const { peer } = await a.next('peer-joined');
      assert.equal(peer.id, b.peer);
      assert.ok(Number.isSafeInteger(peer.joinedAt));
      await b.hearsNothing();
    },
  },
  {
    name: 'seat: a third is refused with 4003, and nobody hears of it',
    async test(room) {
      const [a, b] = await room.pair();
      await room.enter().isRefused(4003);
      await a.hearsNothing();
      await b.hearsNothing();
      assert.equal(await room.participants(), 2);
    },
  },
  {
    name: 'seat: a clean close frees it at once, SECRET or not',
    async test(room) {
      const [a, b] = await room.pair({}, { secret: freshId() });
      assert.equal(await b.leave(1000), 1000);
      assert.equal((await a.next('peer-disconnected')).peerId, b.peer);
      const c = await room.join();
      assert.equal((await a.next('peer-joined')).peer.id, c.peer);
    },
  },
  {
    name: 'seat: a lost one without SECRET is free at once',
    async test(room) {
      const [a, b] = await room.pair();
      b.vanish();
      assert.equal((await a.next('peer-disconnected')).peerId, b.peer);
      await room.join();
    },
  },
  {
    name: 'seat: closed by the client with 1001 counts as lost',
    async test(room) {
      const secret = freshId();
      const [a, b] = await room.pair({}, { secret });
      await b.leave(1001);
      await a.hearsNothing();
      await room.enter().isRefused(4003);
      await room.join({ peer: b.peer, secret });
    },
  },
  {
    name: 'seat: the same PEER comes back with its SECRET, and the other is not told it had gone',
    async test(room) {
      const secret = freshId();
      const [a, b] = await room.pair({}, { secret });
      b.vanish();
      await until(async () => (await room.participants()) === 1, 'the loss is noticed');
      const again = await room.join({ peer: b.peer, secret });
      assert.deepEqual(again.greeting.peers.map(({ id }) => id), [a.peer]);
      again.say('back');
      for (;;) {
        const message = await a.next();
        assert.notEqual(message.type, 'peer-disconnected');
        if (message.type === 'note') break;
      }
      a.say('good', { to: b.peer });
      assert.equal((await again.next('note')).text, 'good');
    },
  },
  {
    name: 'seat: another PEER with the SECRET takes a held one: gone, then joined',
    async test(room) {
      const secret = freshId();
      const [a, b] = await room.pair({}, { secret });
      b.vanish();
      await until(async () => (await room.participants()) === 1, 'the loss is noticed');
      const again = await room.join({ secret });
      assert.equal((await a.next('peer-disconnected')).peerId, b.peer);
      assert.equal((await a.next('peer-joined')).peer.id, again.peer);
    },
  },
  {
    name: 'seat: the newest connection of a SECRET wins, the old one gets 4001',
    async test(room) {
      const secret = freshId();
      const [a, b] = await room.pair({}, { secret });
      const newer = await room.join({ peer: b.peer, secret });
      await b.isRefused(4001);
      await a.hearsNothing();
      a.say('hello', { to: b.peer });
      assert.equal((await newer.next('note')).text, 'hello');
      assert.equal(await room.participants(), 2);
    },
  },
  {
    name: 'seat: the late close of a connection that was replaced does not free it',
    async test(room) {
      const secret = freshId();
      const [a, b] = await room.pair({}, { secret });
      const newer = await room.join({ peer: b.peer, secret });
      await b.isRefused(4001);
      newer.say('still here');
      assert.equal((await a.next('note')).text, 'still here');
      await room.enter().isRefused(4003);
    },
  },
  {
    name: 'seat: another PEER with the SECRET of one who is there: 4001, gone, joined',
    async test(room) {
      const secret = freshId();
      const [a, b] = await room.pair({}, { secret });
      const newer = await room.join({ secret });
      await b.isRefused(4001);
      assert.equal((await a.next('peer-disconnected')).peerId, b.peer);
      assert.equal((await a.next('peer-joined')).peer.id, newer.peer);
    },
  },
  {
    name: 'seat: a PEER that has a SECRET is nobody else’s: 4005',
    async test(room) {
      const a = await room.join({ secret: freshId() });
      await room.enter({ peer: a.peer, secret: freshId() }).isRefused(4005);
      await room.enter({ peer: a.peer }).isRefused(4005);
      await a.hearsNothing();
    },
  },
  {
    name: 'seat: a held PEER is nobody else’s either',
    async test(room) {
      const [a, b] = await room.pair({}, { secret: freshId() });
      b.vanish();
      await until(async () => (await room.participants()) === 1, 'the loss is noticed');
      await room.enter({ peer: b.peer, secret: freshId() }).isRefused(4005);
      await a.hearsNothing();
    },
  },
  {
    name: 'seat: a PEER without SECRET is replaced by its next connection',
    async test(room) {
      const [a, b] = await room.pair();
      const newer = await room.join({ peer: b.peer });
      await b.isRefused(4001);
      newer.say('hello');
      assert.equal((await a.next('note')).text, 'hello');
    },
  },
  {
    name: 'seat: both come back, each to its own',
    async test(room) {
      const secrets = [freshId(), freshId()];
      const [a, b] = await room.pair({ secret: secrets[0] }, { secret: secrets[1] });
      a.vanish();
      b.vanish();
      await until(async () => (await room.participants()) === 0, 'the losses are noticed');
      await room.join({ peer: b.peer, secret: secrets[1] });
      await room.join({ peer: a.peer, secret: secrets[0] });
      await room.enter().isRefused(4003);
    },
  },
];
