// SPDX-License-Identifier: GPL-3.0-or-later

/* What only a server of one's own can be asked: these start duologue-server with other options. */

import assert from 'node:assert/strict';
import { connect } from 'node:net';

import { freshId, TestRoom, within } from './guest.mjs';
import { startDuologueServer } from './servers.mjs';

function alone(name, options, test) {
  return {
    name: `duologue-server alone: ${name}`,
    async test({ where }) {
      const server = await startDuologueServer(where, options);
      const room = new TestRoom(server);
      try {
        await test(room, server);
      } finally {
        room.end();
        await server.stop();
      }
    },
  };
}

export const CASES = [
  {
    name: 'duologue-server alone: any PARTY of its grammar is a party of its own',
    async test(room) {
      const path = `/parties/another-one/${room.name}`;
      await room.join();
      const other = room.connect(room.url({ _pk: freshId() }, path));
      assert.deepEqual((await other.next('room-joined')).peers, []);
    },
  },
  alone('more rooms than allowed', { 'max-rooms': 1 }, async (room) => {
    await room.join();
    const path = `/parties/main/${freshId()}`;
    assert.equal(await room.connect(room.url({ _pk: freshId() }, path)).closeCode(), 1013);
  }),
  alone('more connections than allowed', { 'connections-per-address': 2 }, async (room) => {
    await room.pair();
    assert.equal(await room.enter().closeCode(), 1013);
  }),
  alone('more seats than two', { 'max-participants': 3 }, async (room) => {
    const [a, b] = await room.pair();
    const c = await room.join();
    assert.deepEqual(c.greeting.peers.map(({ id }) => id), [a.peer, b.peer]);
    assert.equal(c.greeting.maxParticipants, 3);
    await Promise.all([a.next('peer-joined'), b.next('peer-joined')]);
    a.say('to all');
    a.say('to one', { to: c.peer });
    assert.equal((await b.next('note')).text, 'to all');
    assert.equal((await c.next('note')).text, 'to all');
    assert.equal((await c.next('note')).text, 'to one');
    await b.hearsNothing();
    await room.enter().isRefused(4003);
  }),
  alone('a server that ends tells everybody to come back', {}, async (room, server) => {
    const guest = await room.join();
    const code = guest.closeCode();
    await server.stop();
    assert.ok([1001, 1012].includes(await code));
  }),
  alone('a slow request is cut off', { 'header-timeout': 0.5 }, async (_, { port }) => {
    const socket = connect(port, '127.0.0.1');
    socket.write('GET /health HTTP/1.1\r\nHost: ');
    await within(new Promise((resolve) => socket.once('close', resolve).resume()), 'end');
  }),
  alone(
    'addresses behind a trusted proxy count by themselves',
    { 'connections-per-address': 1, 'trusted-proxy': '127.0.0.1' },
    async (room) => {
      const from = (address) => {
        const headers = { 'X-Forwarded-For': address };
        return room.enter({ options: { headers } });
      };
      await from('192.0.2.1').next('room-joined');
      assert.equal(await from('192.0.2.1').closeCode(), 1013);
      await from('192.0.2.2').next('room-joined');
    },
  ),
  alone('/metrics counts, and names nobody', {}, async (room) => {
    const [a] = await room.pair();
    a.send('{');
    await a.isRefused(4000);
    const answer = await room.get('/metrics');
    assert.match(answer.headers.get('content-type'), /^text\/plain/);
    const text = await answer.text();
    assert.match(text, /^duologue_connections 1$/m);
    assert.match(text, /^duologue_rooms 1$/m);
    assert.match(text, /^duologue_drops_total\{reason="malformed"\} 1$/m);
    assert.ok(!text.includes(room.name) && !text.includes(a.peer));
  }),
];
