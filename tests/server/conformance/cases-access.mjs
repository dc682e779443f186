// SPDX-License-Identifier: GPL-3.0-or-later

/* Who may start a room, speak for the server, and connect from where; these run on a server that
 * restricts it. And what a newcomer is offered to get through to the other. */

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';

import { freshId, until } from './guest.mjs';
import { LIMITS, RESTRICTIONS } from './servers.mjs';

const HOUR = 3600;
const SECRET = RESTRICTIONS['access-secret'];

function toPart(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/* A JSON Web Token; good for an hour unless the claims say something else. */
function makeToken(scope, claims = {}, { alg = 'HS256', secret = SECRET } = {}) {
  const exp = Math.floor(Date.now() / 1000) + HOUR;
  const text = `${toPart({ alg, typ: 'JWT' })}.${toPart({ sub: 'test', scope, exp, ...claims })}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

function enter(room, token, options = {}) {
  const peer = freshId();
  const query = token === undefined ? { _pk: peer } : { _pk: peer, _tk: token };
  return room.connect(room.url(query), peer, options);
}

async function start(room, token = makeToken('start')) {
  const guest = enter(room, token);
  guest.greeting = await guest.next('room-joined');
  return guest;
}

function restricted(name, test, more = {}) {
  return { name: `access: ${name}`, restricted: true, test, ...more };
}

function badToken(what, make) {
  return restricted(`${what} does not start a room: 4005`, async (room) => {
    await enter(room, make(room)).isRefused(4005);
    assert.equal(await room.participants(), 0);
  });
}

async function announce(room, text, token) {
  const path = `/parties/${room.server.party}/${room.name}`;
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return (await room.get(path, { method: 'POST', headers, body: text })).status;
}

export const CASES = [
  restricted(
    'the ticket starts the room again once it is forgotten, and it lives no longer for that',
    async (room) => {
      const host = await start(room);
      await host.leave();
      const pause = (LIMITS['empty-room-time'] + 1) * 1000;
      await new Promise((resolve) => setTimeout(resolve, pause));
      await enter(room).isRefused(4006);
      const again = await start(room, host.greeting.ticket);
      assert.ok(again.greeting.expiresAt <= host.greeting.expiresAt);
    },
    { slow: true },
  ),
  restricted('no token before the room is started: 4006, and nobody is counted', async (room) => {
    await enter(room).isRefused(4006);
    assert.equal(await room.participants(), 0);
    await enter(room).isRefused(4006);
  }),
  restricted('a token starts the room, joining it needs none', async (room) => {
    const host = await start(room);
    const guest = enter(room);
    const greeting = await guest.next('room-joined');
    assert.deepEqual(greeting.peers.map(({ id }) => id), [host.peer]);
    for (const { ticket } of [host.greeting, greeting]) assert.equal(typeof ticket, 'string');
    assert.ok(!host.greeting.ticket.includes(freshId()));
  }),
  restricted('in a room that is started a wrong token does not matter', async (room) => {
    await start(room);
    await enter(room, 'wrong').next('room-joined');
  }),
  badToken('anything', () => 'anything'),
  badToken('an empty token', () => ''),
  badToken('a token with another secret', () => makeToken('start', {}, { secret: 'x'.repeat(40) })),
  badToken('a token that has expired', () => makeToken('start', { exp: 1 })),
  badToken('a token without expiry', () => makeToken('start', { exp: undefined })),
  badToken('a token for later', () => makeToken('start', { nbf: Date.now() })),
  badToken('a token to announce with', () => makeToken('announce')),
  badToken('a token of another algorithm', () => makeToken('start', {}, { alg: 'none' })),
  badToken('a token without signature', () => makeToken('start').replace(/[^.]*$/, '')),
  badToken('a ticket of another room', () => makeToken('ticket', { sub: 'main/another' })),
  restricted('an announcement reaches everybody in the room', async (room) => {
    const host = await start(room);
    const guest = enter(room);
    await guest.next('room-joined');
    await host.next('peer-joined');
    assert.equal(await announce(room, 'Back in five – sorry 🙏', makeToken('announce')), 204);
    for (const who of [host, guest]) {
      const message = await who.next();
      assert.deepEqual(message, { type: 'announcement', text: 'Back in five – sorry 🙏' });
    }
  }),
  restricted('who may not announce anything: 401, 403', async (room) => {
    const host = await start(room);
    assert.equal(await announce(room, 'x'), 401);
    assert.equal(await announce(room, 'x', 'wrong'), 403);
    assert.equal(await announce(room, 'x', makeToken('start')), 403);
    assert.equal(await announce(room, 'x', host.greeting.ticket), 403);
    await host.hearsNothing();
  }),
  restricted('what may not be announced: 400, 404', async (room) => {
    const token = makeToken('announce');
    assert.equal(await announce(room, 'nobody there', token), 404);
    const host = await start(room);
    for (const text of ['', 'x'.repeat(201), 'two\nlines', '\u202eover'])
      assert.equal(await announce(room, text, token), 400, JSON.stringify(text));
    await host.hearsNothing();
    assert.equal(await announce(room, '€'.repeat(200), token), 204);
  }),
  restricted('a page from elsewhere does not connect, allowed and own ones do', async (room) => {
    const from = (origin) => enter(room, makeToken('start'), { origin });
    await assert.rejects(from('https://evil.example').opened, /403/);
    await assert.rejects(from('null').opened, /403/);
    await from(RESTRICTIONS['allow-origin']).next('room-joined');
    await from(`http://127.0.0.1:${room.server.port}`).next('room-joined');
  }),
  {
    name: 'access: relays come with credentials that coturn takes, good until the room expires',
    async test(room) {
      const guest = await room.join();
      const { iceServers, expiresAt } = guest.greeting;
      const relay = iceServers.find(({ urls }) => urls.includes(LIMITS.turn));
      assert.equal(relay.username, `${Math.floor(expiresAt / 1000)}:${guest.peer}`);
      const mac = createHmac('sha1', LIMITS['turn-secret']).update(relay.username);
      assert.equal(relay.credential, mac.digest('base64'));
      assert.ok(iceServers.every(({ urls }) => Array.isArray(urls)));
    },
  },
  {
    name: 'access: where anybody may start rooms there is no ticket, and nothing to announce with',
    async test(room) {
      assert.equal((await room.join()).greeting.ticket, undefined);
      assert.equal(await announce(room, 'x', makeToken('announce')), 405);
      await until(async () => (await room.participants()) === 1, 'somebody is there');
    },
  },
];
