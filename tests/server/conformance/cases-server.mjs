// SPDX-License-Identifier: GPL-3.0-or-later

/* What only a server of one's own can be asked: these start duologue-server with other options. */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

import { freshId, TestRoom, until, within } from './guest.mjs';
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

const MIB = 1024 * 1024;

/* A handshake by hand, by somebody who does not read what comes after it. */
async function enterDeaf(room, peer) {
  const { port, party } = room.server;
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  const answer = new Promise((resolve) => socket.once('data', (data) => resolve(`${data}`)));
  socket.write(
    `GET /parties/${party}/${room.name}?_pk=${peer} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n` +
      'Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n' +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  assert.match(await within(answer, 'handshake'), /^HTTP\/1.1 101 /);
  socket.pause();
  return socket;
}

function residentBytes(pid) {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) * 1024;
}

/* Everything that comes back for one request, until the server ends the connection. */
async function ask(port, request) {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.setEncoding('utf8').on('data', (data) => (text += data));
  socket.write(`${request}\r\nHost: x\r\n\r\n`);
  await within(new Promise((resolve) => socket.once('end', resolve)), 'end of the connection');
  socket.destroy();
  return text;
}

/* A Binding of RFC 8489. */
function stunRequest() {
  return Buffer.concat([Buffer.from('000100002112a442', 'hex'), randomBytes(12)]);
}

/* Sends so many requests and gives the answers that come until a time has passed without any. */
async function askStun(port, count) {
  const socket = createSocket('udp4');
  const answers = [];
  let last = Date.now();
  socket.on('message', (data) => {
    answers.push(data);
    last = Date.now();
  });
  try {
    for (let i = 0; i < count; i++) {
      const request = stunRequest();
      await new Promise((resolve) => socket.send(request, port, '127.0.0.1', resolve));
    }
    await until(() => answers.length === count || Date.now() - last > 1500, 'no more answers');
    return { answers, from: socket.address().port };
  } finally {
    socket.close();
  }
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
  alone(
    'a slow reader is closed, and the server’s memory does not grow for it',
    { 'byte-burst': 256 * MIB, 'message-burst': 100000 },
    async (room, server) => {
      const deaf = freshId();
      const socket = await enterDeaf(room, deaf);
      try {
        const talker = await room.join();
        const before = residentBytes(server.process.pid);
        const text = 'x'.repeat(60 * 1024);
        let gone = false;
        talker.next('peer-disconnected').then(({ peerId }) => (gone = peerId === deaf));
        for (let sent = 0; !gone; sent += text.length) {
          assert.ok(sent < 128 * MIB, 'it waits for ever');
          talker.say(text, { to: deaf });
          await new Promise((resolve) => setImmediate(resolve));
          await until(() => gone || talker.socket.bufferedAmount < MIB, 'the server reads');
        }
        const grown = residentBytes(server.process.pid) - before;
        assert.ok(grown < 8 * MIB, `${grown} bytes more`);
        assert.match(
          await (await room.get('/metrics')).text(),
          /^duologue_drops_total\{reason="slow-reader"\} 1$/m,
        );
        await talker.hearsNothing();
      } finally {
        socket.destroy();
      }
    },
  ),
  alone(
    'a connection that does not even answer WebSocket pings is dropped, one that does stays',
    { 'ping-interval': 1 },
    async (room) => {
      const quiet = await room.join();
      const dead = await room.join({ options: { autoPong: false } });
      await quiet.next('peer-joined');
      assert.ok([1001, 1006].includes(await dead.closeCode()));
      assert.equal((await quiet.next('peer-disconnected')).peerId, dead.peer);
      assert.equal(await room.participants(), 1);
    },
  ),
  alone('other limits of rate', { 'message-rate': 1, 'message-burst': 5 }, async (room) => {
    const [a, b] = await room.pair();
    const since = Date.now();
    for (let i = 0; i < 50; i++) b.say(i);
    await b.isRefused(4008);
    const seconds = (Date.now() - since) / 1000;
    let heard = 0;
    for (;;) {
      const { type, text } = await a.next();
      if (type === 'peer-disconnected') break;
      assert.equal(text, heard++);
    }
    assert.ok(heard >= 5 && heard <= 5 + seconds, `${heard} in ${seconds} s`);
  }),
  alone(
    'other limits of size',
    { 'message-size': 1024, 'byte-rate': 1024, 'byte-burst': 4096 },
    async (room) => {
      const [a, b] = await room.pair();
      for (let i = 0; i < 9; i++) b.say('x'.repeat(900));
      await b.isRefused(4008);
      await until(() => a.unheard.some(({ type }) => type === 'peer-disconnected'), 'b is gone');
      const c = await room.join();
      c.say('x'.repeat(1024));
      await c.isRefused(4008);
    },
  ),
  ...Object.entries({
    'a frame without mask': '8103616263',
    'a reserved bit': 'c1830000000061620a',
    'an unknown opcode': '83830000000061620a',
    'text that is no UTF-8': '818200000000c328',
    'a continuation of nothing': '808100000000',
    'a ping in fragments': '098100000000',
    'a ping of 126 bytes': `89fe007e00000000${'00'.repeat(126)}`,
    'a close frame of one byte': '88810000000003',
    'a length of 2^63': '81ffffffffffffffffff00000000',
  }).map(([what, bytes]) =>
    alone(`${what} ends the connection, and the other hears of it`, {}, async (room) => {
      const other = await room.join();
      const peer = freshId();
      const socket = await enterDeaf(room, peer);
      await other.next('peer-joined');
      socket.write(Buffer.from(bytes, 'hex'));
      await within(new Promise((resolve) => socket.once('close', resolve).resume()), 'end');
      assert.equal((await other.next('peer-disconnected')).peerId, peer);
      await other.hearsNothing();
    }),
  ),
  alone('its own STUN is offered, answers, and bears a flood', {}, async (room, { port }) => {
    const { iceServers } = (await room.join()).greeting;
    assert.deepEqual(iceServers[0].urls, [`stun:127.0.0.1:${port}`]);
    const { answers, from } = await askStun(port, 1);
    assert.equal(answers.length, 1);
    assert.equal(answers[0].readUInt16BE(0), 0x0101);
    const mapped = answers[0].indexOf(Buffer.from('00200008', 'hex'));
    assert.ok(mapped >= 20, 'no XOR-MAPPED-ADDRESS');
    assert.equal(answers[0].readUInt16BE(mapped + 6) ^ 0x2112, from);

    const flood = await askStun(port, 1000);
    assert.ok(flood.answers.length < 500, `${flood.answers.length} answers`);
    await room.join();
  }),
  alone('HTTP says that the connection ends, and it does', {}, async (_, { port }) => {
    for (const [request, status] of [
      ['GET /health HTTP/1.1', 200],
      ['HEAD /call HTTP/1.1', 200],
      ['GET /call/main.js HTTP/1.1', 200],
      ['GET /nothing HTTP/1.1', 404],
      ['DELETE /parties/main/x HTTP/1.1', 405],
      ['GET /health HTTP/1.0', 200],
    ]) {
      const answer = await ask(port, request);
      assert.match(answer, new RegExp(`^HTTP/1\\.[01] ${status} `), request);
      assert.match(answer, /\r\nConnection: close\r\n/i, request);
    }
  }),
  alone('a slow request is cut off', { 'header-timeout': 0.5 }, async (_, { port }) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
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
