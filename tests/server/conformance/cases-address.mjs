// SPDX-License-Identifier: GPL-3.0-or-later

/* Addresses, over WebSockets and HTTP. */

import assert from 'node:assert/strict';

import { freshId } from './guest.mjs';

function refusedQuery(what, query) {
  return {
    name: `address: ${what} gets 4000`,
    async test(room) {
      await room.connect(room.url(query)).isRefused(4000);
      assert.equal(await room.participants(), 0);
    },
  };
}

/* The handshake itself fails. */
function noRoom(what, path) {
  return {
    name: `address: ${what} is no room`,
    async test(room) {
      const guest = room.connect(room.url({ _pk: freshId() }, path));
      await assert.rejects(guest.opened, /404/);
      assert.equal((await room.get(path)).status, 404);
    },
  };
}

function hasHeaders(answer, names) {
  for (const name of names) assert.ok(answer.headers.get(name), `no ${name}`);
}

export const CASES = [
  {
    name: 'address: other parameters are the client’s own business',
    async test(room) {
      const peer = freshId();
      const guest = room.connect(room.url({ _pk: peer, _pkurl: 'x', a: '%00', _rs: freshId() }));
      assert.equal((await guest.next('room-joined')).peerId, peer);
    },
  },
  {
    name: 'address: /party/ROOM is party main',
    async test(room) {
      const a = await room.join();
      const b = room.connect(room.url({ _pk: freshId() }, `/party/${room.name}`));
      assert.deepEqual((await b.next('room-joined')).peers.map(({ id }) => id), [a.peer]);
    },
  },
  {
    name: 'address: PEER and SECRET of 22 and of 64 symbols',
    async test(room) {
      await room.join({ peer: '-'.repeat(22), secret: '_'.repeat(64) });
      await room.join({ peer: 'Z'.repeat(64), secret: '0'.repeat(22) });
    },
  },
  {
    name: 'address: a ROOM of 64 symbols',
    async test(room) {
      room.name = freshId().padEnd(64, '-');
      assert.equal((await room.join()).greeting.room, room.name);
    },
  },
  {
    name: 'address: permessage-deflate is not negotiated',
    async test(room) {
      const guest = await room.join({ options: { perMessageDeflate: true } });
      assert.equal(guest.socket.extensions, '');
    },
  },
  {
    name: 'address: the handshake says Upgrade and nothing else, as proxies want it',
    async test(room) {
      const guest = room.enter();
      const headers = new Promise((resolve) =>
        guest.socket.once('upgrade', (answer) => resolve(answer.headers)),
      );
      await guest.next('room-joined');
      const { connection, upgrade } = await headers;
      assert.match(connection, /^upgrade$/i);
      assert.match(upgrade, /^websocket$/i);
    },
  },
  refusedQuery('no PEER', {}),
  refusedQuery('an empty PEER', { _pk: '' }),
  refusedQuery('a PEER of 21 symbols', { _pk: 'a'.repeat(21) }),
  refusedQuery('a PEER of 65 symbols', { _pk: 'a'.repeat(65) }),
  refusedQuery('a PEER with another symbol', { _pk: 'a'.repeat(22) + '.' }),
  refusedQuery('a PEER with U+0000', { _pk: 'a'.repeat(22) + '\0' }),
  refusedQuery('a SECRET of 21 symbols', { _pk: 'a'.repeat(22), _rs: 'b'.repeat(21) }),
  refusedQuery('a SECRET with another symbol', { _pk: 'a'.repeat(22), _rs: 'ü'.repeat(22) }),
  noRoom('a ROOM of 65 symbols', `/parties/main/${'r'.repeat(65)}`),
  noRoom('a ROOM with another symbol', '/parties/main/room.name'),
  noRoom('something behind the ROOM', '/parties/main/room/more'),
  noRoom('a party without ROOM', '/parties/main/'),
  {
    name: 'address: GET of a room tells how many are there',
    async test(room) {
      assert.equal(await room.participants(), 0);
      const [a] = await room.pair();
      assert.equal(await room.participants(), 2);
      await a.leave();
      assert.equal(await room.participants(), 1);
    },
  },
  {
    name: 'address: a room is only read over HTTP',
    async test(room) {
      const path = `/parties/${room.server.party}/${room.name}`;
      assert.equal((await room.get(path, { method: 'HEAD' })).status, 200);
      const answer = await room.get(path, { method: 'DELETE' });
      assert.equal(answer.status, 405);
      hasHeaders(answer, ['allow', 'x-content-type-options']);
    },
  },
  {
    name: 'address: /health says that all is well',
    async test(room) {
      const answer = await room.get('/health');
      assert.equal(answer.status, 200);
      assert.equal((await answer.json()).status, 'ok');
    },
  },
  {
    name: 'address: /call is the guest page, under a strict policy',
    async test(room) {
      const answer = await room.get('/call');
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type'), /^text\/html/);
      const policy = answer.headers.get('content-security-policy');
      assert.match(policy, /default-src 'none'; script-src 'self'/);
      hasHeaders(answer, ['permissions-policy', 'cross-origin-opener-policy', 'etag']);
      assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
      assert.match(await answer.text(), /<!DOCTYPE html>/i);
    },
  },
  {
    name: 'address: the page’s modules come with type, policy and validator',
    async test(room) {
      const answer = await room.get('/call/main.js');
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type'), /^text\/javascript/);
      hasHeaders(answer, ['content-security-policy', 'x-content-type-options']);
      const again = await room.get('/call/main.js', {
        headers: { 'If-None-Match': answer.headers.get('etag') },
      });
      assert.equal(again.status, 304);
    },
  },
  {
    name: 'address: nothing else is served, under no name',
    async test(room) {
      const paths = ['/', '/call/', '/call.html', '/main.js', '/call/none.js', '/call/__proto__'];
      for (const path of paths) assert.equal((await room.get(path)).status, 404, path);
    },
  },
];
