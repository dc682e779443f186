// SPDX-License-Identifier: GPL-3.0-or-later

/* What only the PartyKit room can be asked: its rooms outlive the server. */

import assert from 'node:assert/strict';

import { freshId, TestRoom, until } from './guest.mjs';
import { LIMITS, startPartyKit } from './servers.mjs';

export const CASES = [
  {
    name: 'partykit alone: rooms and seats survive a server that was killed, and its alarm rings',
    slow: true,
    async test({ where }) {
      const first = await startPartyKit(where, { 'seat-hold': 12 });
      const room = new TestRoom(first);
      const secret = freshId();
      let second = null;
      try {
        const a = await room.join({ secret });
        await room.join({ secret: freshId() });
        await a.next('peer-joined');
        await first.kill();

        second = await startPartyKit(where, { 'seat-hold': 12 }, first);
        const again = await room.join({ peer: a.peer, secret });
        assert.equal(again.greeting.expiresAt, a.greeting.expiresAt);
        await room.enter().isRefused(4003);
        await until(() => again.unheard.length > 0, 'the other seat is given up', 20000);
        await again.next('peer-disconnected');
      } finally {
        room.end();
        await (second ?? first).stop();
      }
    },
  },
];
