// SPDX-License-Identifier: GPL-3.0-or-later

/* What every room does, also one that only broadcasts: these look at nothing but what the others
 * said. */

import assert from 'node:assert/strict';

import PartySocket from 'partysocket';
import WebSocket from 'ws';

import { freshId, until, within } from './guest.mjs';

/* What is said, whatever the server says of its own. */
async function nextNote(guest) {
  for (;;) {
    const message = await guest.next();
    if (message.type === 'note') return message;
  }
}

async function two(room) {
  const guests = [room.enter(), room.enter()];
  await Promise.all(guests.map(({ opened }) => within(opened, 'connection')));
  /* A plain room greets nobody: who hears the other is there. */
  for (const [from, to] of [guests, [guests[1], guests[0]]]) {
    from.say('there?');
    assert.equal((await nextNote(to)).text, 'there?');
  }
  return guests;
}

function stockSocket(room, id) {
  return new PartySocket({
    host: `127.0.0.1:${room.server.port}`,
    party: room.server.party,
    room: room.name,
    id,
    WebSocket,
    minReconnectionDelay: 100,
    maxReconnectionDelay: 500,
  });
}

const UNICODE = [
  'a\u007f',
  'äß',
  '€ﷺ',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  '\u{10ffff}',
  '\u2028\u2029\ufeff',
];

export const CASES = [
  {
    name: 'plain: a hundred messages arrive in order, in both directions',
    async test(room) {
      const [a, b] = await two(room);
      for (let i = 0; i < 100; i++) {
        a.say(`a${i}`);
        b.say(`b${i}`);
      }
      for (let i = 0; i < 100; i++) {
        assert.equal((await nextNote(a)).text, `b${i}`);
        assert.equal((await nextNote(b)).text, `a${i}`);
      }
    },
  },
  {
    name: 'plain: text arrives byte for byte',
    async test(room) {
      const [a, b] = await two(room);
      const said = `\\u00e9 é 💬 \u202e ${'\u0301'.repeat(9)}`;
      const text = `{ "type":"note",\t"from" : "${a.peer}","text":"${said}" }`;
      a.send(text);
      assert.equal(await b.nextText(), text);
    },
  },
  {
    name: 'plain: unicode of one to four bytes, escaped or not',
    async test(room) {
      const [a, b] = await two(room);
      for (const text of UNICODE) {
        a.say(text);
        assert.equal((await nextNote(b)).text, text);
      }
    },
  },
  {
    name: 'plain: a message in fragments arrives whole, cut in the middle of a character',
    async test(room) {
      const [a, b] = await two(room);
      const note = { type: 'note', from: a.peer, text: '💬'.repeat(50) };
      const whole = Buffer.from(JSON.stringify(note));
      for (let at = 0; at < whole.length; at += 7)
        a.socket.send(whole.subarray(at, at + 7), { binary: false, fin: at + 7 >= whole.length });
      assert.deepEqual(await nextNote(b), note);
    },
  },
  {
    name: 'plain: a large message arrives',
    async test(room) {
      const [a, b] = await two(room);
      const text = 'x'.repeat(60 * 1024);
      a.say(text);
      assert.equal((await nextNote(b)).text, text);
    },
  },
  {
    name: 'plain: nobody hears themselves, and no other room hears them',
    async test(room) {
      const [a, b] = await two(room);
      const path = `/parties/${room.server.party}/${freshId()}`;
      const elsewhere = room.connect(room.url({ _pk: freshId() }, path));
      await within(elsewhere.opened, 'connection');
      a.say('one');
      b.say('two');
      assert.equal((await nextNote(a)).text, 'two');
      assert.equal((await nextNote(b)).text, 'one');
      await elsewhere.settle();
      assert.ok(elsewhere.unheard.every(({ type }) => type !== 'note'));
    },
  },
  {
    name: 'plain: a stock PartySocket talks to a plain WebSocket, and comes back by itself',
    async test(room) {
      const peer = freshId();
      const heard = [];
      let opened = 0;
      const stock = stockSocket(room, peer);
      stock.addEventListener('open', () => opened++);
      stock.addEventListener('message', ({ data }) => heard.push(JSON.parse(data)));
      try {
        const heardNote = (text) =>
          until(() => heard.some((m) => m.type === 'note' && m.text === text), `hears ${text}`);
        await until(() => opened === 1, 'PartySocket connects');
        const other = room.enter();
        await within(other.opened, 'connection');
        other.say('hello', { to: peer });
        await heardNote('hello');
        stock.send(JSON.stringify({ type: 'note', from: peer, text: 'hi' }));
        assert.equal((await nextNote(other)).text, 'hi');

        stock.reconnect();
        await until(() => opened === 2, 'PartySocket reconnects');
        stock.send(JSON.stringify({ type: 'note', from: peer, text: 'again' }));
        assert.equal((await nextNote(other)).text, 'again');
      } finally {
        stock.close();
      }
    },
  },
  {
    name: 'plain: a WebSocket ping is answered',
    async test(room) {
      const guest = room.enter();
      await within(guest.opened, 'connection');
      const pong = new Promise((resolve) => guest.socket.once('pong', resolve));
      guest.socket.ping('abc');
      assert.equal(String(await within(pong, 'pong')), 'abc');
    },
  },
];
