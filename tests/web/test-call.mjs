// SPDX-License-Identifier: GPL-3.0-or-later

/* The pure decisions of a call in the browser. */

import assert from 'node:assert/strict';

import { Plan } from './tap.mjs';

const { ChannelPace } = await import('../../src/web/call/channel-pace.js');
const { Epoch } = await import('../../src/web/call/epoch.js');
const { judgeLoss, judgeSilence, qualityScore } = await import('../../src/web/call/liveness.js');
const { Pairing } = await import('../../src/web/call/pairing.js');
const { nextState } = await import('../../src/web/call/state.js');
const { Verification } = await import('../../src/web/protocol/verification.js');
const { fingerprintOf } = await import('../../src/web/protocol/description.js');
const { Backoff } = await import('../../src/web/signaling/backoff.js');
const { closePolicy } = await import('../../src/web/signaling/close-policy.js');
const { Seat } = await import('../../src/web/signaling/seat.js');
const { timerText } = await import('../../src/web/views/call-header.js');
const { durationText } = await import('../../src/web/views/ended.js');

const SELF = 'MMMMMMMMMMMMMMMMMMMMMM';
const LOW = 'AAAAAAAAAAAAAAAAAAAAAA';
const HIGH = 'zzzzzzzzzzzzzzzzzzzzzz';

const hello = (values) => ({
  offers: 0,
  reply: false,
  addressed: false,
  connected: false,
  ...values,
});

function pairingOffers() {
  const table = [
    { from: LOW, offers: 0, start: true },
    { from: HIGH, offers: 0, start: false },
    { from: LOW, offers: 1, start: false },
    { from: HIGH, offers: 1, start: false },
  ];
  for (const { from, offers, start } of table) {
    const pairing = new Pairing(SELF);
    const actions = pairing.hello(from, hello({ offers }), 'none', 0);
    assert.deepEqual(actions, { adopt: true, reply: true, start });
    assert.equal(pairing.isOfferer, start);
    assert.equal(pairing.offer(from), !start);
  }
}

function pairingHellos() {
  const pairing = new Pairing(SELF);
  assert.deepEqual(pairing.hello(SELF, hello(), 'none', 0), {});
  pairing.hello(LOW, hello(), 'none', 0);
  assert.equal(pairing.isConfirmed, false);
  /* Both came at once: the reply starts nothing a second time. */
  const reply = hello({ reply: true, addressed: true });
  assert.deepEqual(pairing.hello(LOW, reply, 'none', 0), { reply: false, start: false });
  assert.equal(pairing.isConfirmed, true);
  /* Only the room server was away. */
  const both = hello({ connected: true });
  assert.deepEqual(pairing.hello(LOW, both, 'flowing', 0), { reply: true, start: false });
  /* The other lost its end. */
  assert.deepEqual(pairing.hello(LOW, hello(), 'flowing', 0), { reply: true, start: true });
}

function pairingStrangers() {
  const make = (media) => {
    const pairing = new Pairing(SELF);
    pairing.hello(LOW, hello({ addressed: true }), 'none', 0);
    return [pairing, pairing.hello(HIGH, hello(), media, 1000)];
  };
  const [busy, held] = make('flowing');
  assert.deepEqual(held, { hold: true });
  assert.deepEqual(busy.judge('flowing', 1500, 1600), {});
  assert.deepEqual(busy.judge('flowing', 2100, 2200), { stranger: HIGH, busy: true });
  assert.deepEqual(busy.judge('flowing', 9000, 9000), {});

  const [silent] = make('flowing');
  const adopted = { stranger: HIGH, adopt: true, reply: true, start: false };
  assert.deepEqual(silent.judge('flowing', 900, 3000), adopted);
  assert.equal(silent.remoteId, HIGH);

  const [, lost] = make('lost');
  assert.equal(lost.adopt, true);

  const [slow] = make('none');
  assert.deepEqual(slow.judge('none', 0, 6000), {});
  assert.equal(slow.judge('none', 0, 7100).adopt, true);

  const [gone] = make('flowing');
  gone.drop(HIGH);
  assert.deepEqual(gone.judge('flowing', 0, 9000), {});
  assert.equal(gone.heard(HIGH, true), false);
  assert.equal(gone.heard(LOW, true), true);
}

function epochs() {
  const epoch = new Epoch();
  assert.equal(epoch.judge(0), 'stale');
  assert.equal(epoch.judge(1), 'newer');
  assert.equal(epoch.judge(5000), 'stale');
  assert.ok(epoch.mayStart(0));
  epoch.hear(3);
  assert.equal(epoch.start(1000), 4);
  assert.equal(epoch.judge(4), 'same');
  assert.equal(epoch.judge(3), 'stale');
  assert.ok(!epoch.mayStart(2999));
  assert.ok(epoch.mayStart(3000));
  epoch.hear(1e6);
  assert.equal(epoch.next, 5);
}

function liveness() {
  assert.deepEqual([0, 2000, 4000, 6000].map(judgeSilence), ['ok', 'warn', 'lost', 'rebuild']);
  assert.deepEqual([0, 10_000, 60_000].map(judgeLoss), ['wait', 'may-give-up', 'over']);
  assert.equal(qualityScore(0, 20, 0), 3);
  assert.equal(qualityScore(0, -1, -1), 3);
  assert.equal(qualityScore(0, 300, 0), 2);
  assert.equal(qualityScore(0, 20, 5), 2);
  assert.equal(qualityScore(0, 900, 50), 1);
  assert.equal(qualityScore(3000, 20, 0), 0);
}

function states() {
  assert.equal(nextState('idle', 'join'), 'preparing');
  assert.equal(nextState('connecting', 'connected'), 'connected');
  assert.equal(nextState('connected', 'lost'), 'reconnecting');
  assert.equal(nextState('reconnecting', 'peer-gone'), 'reconnecting');
  assert.equal(nextState('waiting', 'connected'), null);
  assert.equal(nextState('ended', 'join'), null);
}

function closing() {
  for (const code of [1000, 1001, 1006, 1011, 1012, 1013])
    assert.equal(closePolicy(code).action, 'retry');
  assert.deepEqual(closePolicy(4003), { action: 'retry-full', reason: 'room-full' });
  assert.equal(closePolicy(4006).action, 'retry-later');
  assert.deepEqual(closePolicy(4001), { action: 'stop', reason: 'taken-over' });
  assert.equal(closePolicy(4999).action, 'stop');

  const backoff = new Backoff();
  const delays = Array.from({ length: 12 }, () => backoff.next(1));
  assert.equal(delays[0], 250);
  assert.equal(delays.at(-1), 10_000);
  backoff.reset();
  assert.equal(backoff.next(0), 125);
}

function seats() {
  const kept = new Map();
  const storage = { getItem: (k) => kept.get(k) ?? null, setItem: (k, v) => kept.set(k, v) };
  const seat = new Seat('room', storage);
  assert.match(seat.secret, /^[A-Za-z0-9_-]{22}$/);
  assert.equal(seat.ticket, null);
  seat.keepTicket('ticket');
  const again = new Seat('room', storage);
  assert.equal(again.secret, seat.secret);
  assert.equal(again.ticket, 'ticket');
  const other = new Seat('other', storage);
  assert.notEqual(other.secret, seat.secret);
  assert.equal(other.ticket, null);
  assert.match(new Seat('room', null).secret, /^[A-Za-z0-9_-]{22}$/);
}

async function verification() {
  const offerer = new Verification(true);
  const answerer = new Verification(false);
  const [fpO, fpA] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  answerer.takeOffer(await offerer.commit());
  offerer.takeAnswer(answerer.nonce);
  assert.equal(answerer.status, 'pending');
  assert.equal(await answerer.emoji(fpA, fpO, null), null);
  await answerer.takeReveal(offerer.nonce);
  assert.deepEqual(await offerer.emoji(fpO, fpA, null), await answerer.emoji(fpA, fpO, null));

  const cheated = new Verification(false);
  cheated.takeOffer(await offerer.commit());
  await cheated.takeReveal(answerer.nonce);
  assert.equal(cheated.status, 'failed');

  const plain = new Verification(false);
  plain.takeOffer();
  assert.equal(plain.status, 'unverifiable');
}

function pace() {
  const channelPace = new ChannelPace();
  const admitted = Array.from({ length: 30 }, () => channelPace.admit(10, 0));
  assert.equal(admitted.filter(Boolean).length, 20);
  assert.ok(channelPace.admit(16_384, 1000));
  assert.ok(!channelPace.admit(16_385, 1000));
  const id = channelPace.ping(5000);
  channelPace.pong(id + 1, 5001);
  assert.equal(channelPace.roundTrip, -1);
  channelPace.pong(id, 5030);
  channelPace.pong(id, 6000);
  assert.equal(channelPace.roundTrip, 30);
}

function fingerprints() {
  const line = (byte) => `a=fingerprint:sha-256 ${Array(32).fill(byte).join(':')}\r\n`;
  assert.deepEqual(fingerprintOf(line('0A') + line('0a')), new Uint8Array(32).fill(10));
  for (const sdp of ['', line('0A') + line('0B'), line('0A').replace('256', '1'), line('G0')])
    assert.throws(() => fingerprintOf(sdp), { kind: 'message' });
}

function times() {
  assert.equal(timerText(75_900), '1:15');
  assert.equal(timerText(3_661_000), '1:01:01');
  assert.equal(durationText(75_000), '1 minute, 15 seconds');
  assert.equal(durationText(7_320_000), '2 hours, 2 minutes');
  assert.equal(durationText(0), '0 seconds');
}

const plan = new Plan();
await plan.run('who offers', pairingOffers);
await plan.run('hellos', pairingHellos);
await plan.run('strangers', pairingStrangers);
await plan.run('epochs', epochs);
await plan.run('liveness', liveness);
await plan.run('states', states);
await plan.run('closing', closing);
await plan.run('seats', seats);
await plan.run('verification', verification);
await plan.run('pace of the data channel', pace);
await plan.run('fingerprints', fingerprints);
await plan.run('times', times);
plan.finish();
