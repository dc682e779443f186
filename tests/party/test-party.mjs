// SPDX-License-Identifier: GPL-3.0-or-later

/* The PartyKit room's pure modules, without PartyKit. */

import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import { Plan } from '../web/tap.mjs';

const PARTY = new URL('../../src/party/', import.meta.url);
const esbuild = createRequire(new URL('server.ts', PARTY))('esbuild');

/* TypeScript to a module that node can load. */
async function load(name) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [fileURLToPath(new URL(name, PARTY))],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${source}`);
}

const { Room } = await load('room.ts');
const { RateLimit } = await load('rate-limit.ts');
const { readLimits } = await load('limits.ts');
const { parseAddress, parseIdentity } = await load('address.ts');
const { checkToken, makeToken } = await load('token.ts');
const { makeIceServers } = await load('ice-servers.ts');

const RULES = { maxParticipants: 2, lifetime: 100000, seatHold: 30000, linger: 60000 };
const [first, second, third, fourth] = [1, 2, 3, 4].map((number) => ({ number }));

function check(verdict, expected) {
  const { admitted, why, replaced = null, gone, moved = [], announce } = verdict;
  assert.deepEqual({ admitted: why ?? admitted, replaced, gone, moved, announce }, {
    admitted: true,
    replaced: null,
    gone: [],
    moved: [],
    announce: expected.admitted === undefined ? false : undefined,
    ...expected,
  });
}

const seats = (room) => room.participants.map(({ id, joinedAt }) => `${id}@${joinedAt}`).join(' ');

const TESTS = {
  'room: as many as there are seats'() {
    const room = new Room(RULES, 0);
    check(room.join('a', 'sa', first, 10), { announce: true });
    check(room.join('b', null, second, 20), { announce: true });
    check(room.join('c', 'sc', third, 30), { admitted: 'full' });
    assert.equal(seats(room), 'a@10 b@20');
    assert.equal(room.leave(second, false, 40), 'b');
    assert.equal(room.leave(second, false, 40), null);
    check(room.join('c', 'sc', third, 50), { announce: true });
  },
  'room: a seat is held for its SECRET'() {
    const room = new Room(RULES, 0);
    room.join('a', 'sa', first, 0);
    room.join('b', 'sb', second, 0);
    assert.equal(room.leave(second, false, 1000), null);
    assert.equal(room.deadline, 31000);
    check(room.join('c', 'sc', third, 30999), { admitted: 'full' });
    check(room.join('b', 'sb', fourth, 30999), {});
    assert.equal(seats(room), 'a@0 b@0');
    assert.equal(room.leave(fourth, false, 40000), null);
    assert.deepEqual(room.giveUpSeats(69999), []);
    check(room.join('c', 'sc', third, 70000), { gone: ['b'], announce: true });
    check(room.join('b', 'sb', second, 70001), { admitted: 'full' });
  },
  'room: the newest connection of a SECRET wins, whatever the PEER'() {
    const room = new Room(RULES, 0);
    room.join('a', 'sa', first, 0);
    room.join('b', 'sb', second, 0);
    check(room.join('b', 'sb', third, 5), { replaced: second });
    assert.equal(room.leave(second, false, 6), null);
    check(room.join('n', 'sb', fourth, 7), { replaced: third, moved: ['b'], announce: true });
    assert.equal(room.leave(fourth, false, 8), null);
    check(room.join('m', 'sb', third, 9), { moved: ['n'], announce: true });
  },
  'room: a PEER with a SECRET is nobody else’s'() {
    const room = new Room(RULES, 0);
    room.join('a', 'sa', first, 0);
    for (const secret of ['sx', null])
      check(room.join('a', secret, second, 1), { admitted: 'forbidden' });
    room.leave(first, false, 2);
    check(room.join('a', 'sx', second, 3), { admitted: 'forbidden' });
    room.join('b', null, second, 4);
    check(room.join('b', null, third, 5), { replaced: second });
    check(room.join('b', 'sa', fourth, 6), { admitted: 'forbidden' });
  },
  'room: it ends'() {
    const room = new Room(RULES, 1000);
    assert.equal(room.expiresAt, 101000);
    assert.equal(room.isOver(60999), false);
    assert.equal(room.isOver(61000), true);
    room.join('a', 'sa', first, 2000);
    assert.equal(room.isOver(100999), false);
    assert.equal(room.deadline, 101000);
    room.leave(first, true, 3000);
    assert.equal(room.deadline, 63000);
    assert.equal(room.isOver(63000), true);
    check(room.join('b', 'sb', second, 101000), { admitted: 'expired' });
    assert.equal(new Room(RULES, 0, undefined, 5000).expiresAt, 5000);
  },
  'room: it comes back from storage with its seats held'() {
    const room = new Room(RULES, 0);
    room.join('a', 'sa', first, 1);
    room.join('b', null, second, 2);
    const saved = JSON.parse(JSON.stringify(room.save()));
    const again = new Room(RULES, 5000, saved);
    assert.equal(again.count, 0);
    assert.equal(again.expiresAt, 100000);
    assert.equal(again.deadline, 35000);
    check(again.join('a', 'sa', third, 6000), {});
    check(again.join('c', 'sc', fourth, 6000), { announce: true });
  },
  'rate limit: a burst, then the rate'() {
    const limit = new RateLimit(10, 3, 0);
    for (const expected of [true, true, true, false]) assert.equal(limit.take(1, 0), expected);
    assert.equal(limit.take(1, 99), false);
    assert.equal(limit.take(1, 100), true);
    assert.equal(limit.take(4, 100000), false);
    assert.equal(limit.take(3, 100000), true);
    assert.equal(limit.take(1, 50), false);
  },
  'limits: defaults, and from the environment'() {
    assert.equal(readLimits({}).room.maxParticipants, 2);
    assert.equal(readLimits({ SEAT_HOLD: '0.5' }).room.seatHold, 500);
    assert.equal(readLimits({ MESSAGE_RATE: 7 }).messageRate, 7);
    for (const value of ['-1', 'x', '1e3', '1 '])
      assert.throws(() => readLimits({ SEAT_HOLD: value }), /SEAT_HOLD/);
  },
  'address: what is a room and who is who'() {
    assert.deepEqual(parseAddress('/parties/main/r_-1'), { party: 'main', room: 'r_-1' });
    assert.deepEqual(parseAddress('/party/r'), { party: 'main', room: 'r' });
    for (const path of ['/', '/parties/main/', '/parties/a/b/c', '/party/a.b', '/parties//a'])
      assert.equal(parseAddress(path), null, path);
    const id = 'i'.repeat(22);
    const identity = (query) => parseIdentity(new URLSearchParams(query));
    assert.deepEqual(identity(`_pk=${id}`), { peerId: id, secret: null, token: null });
    for (const query of ['', '_pk=short', `_pk=${id}&_rs=`, `_pk=${id}.`])
      assert.equal(identity(query), null, query);
  },
  async 'token: ours, and nobody else’s'() {
    const token = await makeToken('secret', 'start', 'Ada', 1000);
    const good = (text, scope = 'start', subject = null, now = 999, secret = 'secret') =>
      checkToken(text, secret, scope, subject, now);
    assert.equal(await good(token), 1000);
    assert.equal(await good(token, 'start', 'Ada'), 1000);
    assert.equal(await good(token, 'start', 'Ben'), 0);
    assert.equal(await good(token, 'ticket'), 0);
    assert.equal(await good(token, 'start', null, 1000), 0);
    assert.equal(await good(token, 'start', null, 999, 'other'), 0);
    for (const text of ['', '..', 'a.b.c', `${token}.x`, token.slice(1), `${token}=`])
      assert.equal(await good(text), 0, text);
  },
  async 'ice servers: STUN for all, TURN with credentials'() {
    const turn = 'turn:turn.example.org turn:turn.example.org:443?transport=tcp';
    const env = { STUN: 'stun:stun.example.org', TURN: turn, TURN_SECRET: 'north' };
    assert.deepEqual(await makeIceServers({}, 'peer', 0), []);
    assert.deepEqual(await makeIceServers({ TURN: turn }, 'peer', 0), []);
    assert.deepEqual(await makeIceServers(env, 'peer', 1433895918999), [
      { urls: ['stun:stun.example.org'] },
      {
        urls: turn.split(' '),
        username: '1433895918:peer',
        credential: EXPECTED_CREDENTIAL,
      },
    ]);
  },
};

/* printf 1433895918:peer | openssl dgst -sha1 -hmac north -binary | base64 */
const EXPECTED_CREDENTIAL = 'h15lnlauLCGafggd3h4ffZXFtSg=';

const plan = new Plan();
for (const [name, test] of Object.entries(TESTS)) await plan.run(name, test);
plan.finish();
