// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';
import { Epoch, RESTART_INTERVAL } from './epoch.js';
import { Pairing } from './pairing.js';

const TICK = 500;
/* An epoch that has not connected by then is given up for the next one. */
const ATTEMPT = 8_000;
/* So many epochs without any connection: something between the two blocks it. */
const BLOCKED_AFTER = 2;

const CLIENT = 'duologue-web/0.1.0';

/**
 * The other person in the room: who it is, and when a connection has to be made anew.
 *
 * Emits "send" (message, PEER or null), "event" ("peer", "peer-gone"), "name", "blocked" and "end"
 * (reason).
 */
export class RemotePeer extends Emitter {
  #line;
  #pairing;
  #epoch = new Epoch();
  #displayName;
  #strangerHello = null;
  #since = 0;
  #askedAt = 0;
  #isAbsent = false;
  #isShown = false;
  #isRestartDue = false;
  #attempts = 0;
  #timer;

  constructor({ selfId, line, displayName }) {
    super();
    this.#line = line;
    this.#displayName = displayName;
    this.#pairing = new Pairing(selfId);
    this.isSignaling = false;
    this.hello = null;
    line.on('send', (message) => this.#sendToRemote(message));
    this.#timer = setInterval(() => this.#tick(), TICK);
  }

  stop() {
    clearInterval(this.#timer);
    this.mute();
  }

  get isApp() {
    return this.hello?.offers === 1;
  }

  greet() {
    this.#sendHello(null, false);
  }

  sayBye(reason) {
    this.#line.hangUp(reason);
    this.#sendToRemote({ type: 'bye', reason });
  }

  receive(message, from, addressed) {
    if (message.type === 'hello') {
      this.#takeHello(message, from, addressed);
    } else if (message.type === 'offer') {
      this.#takeOffer(message, from);
    } else if (this.#isBusySignal(message, addressed)) {
      /* Those that are taken do not even greet us. */
      this.emit('end', 'busy');
    } else if (this.#pairing.heard(from, addressed)) {
      this.#show();
      this.#takeOther(message);
    }
  }

  #isBusySignal(message, addressed) {
    return (
      message.type === 'bye' &&
      message.reason === 'busy' &&
      addressed &&
      this.#pairing.remoteId === null
    );
  }

  #takeOther(message) {
    if (message.type === 'bye') this.#takeBye(message.reason);
    else if (message.type === 'restart') this.#takeRestart(message);
    else if (this.#epoch.judge(message.epoch) === 'same') this.#line.receive(message);
  }

  /** The room says that somebody is not in it any more: a hint. */
  left(peerId) {
    if (this.#pairing.remoteId !== peerId) this.#pairing.drop(peerId);
    else if (this.#line.media === 'none') this.#forget();
    else this.#isAbsent = true;
  }

  /** Makes the connection anew, as after a change of network. */
  rebuild() {
    if (this.#pairing.remoteId === null) return;
    if (this.#pairing.isOfferer) this.#startEpoch();
    else this.#askForRestart();
  }

  #sendToRemote(message) {
    if (this.#pairing.remoteId !== null) this.emit('send', message, this.#pairing.remoteId);
  }

  #sendHello(to, reply) {
    const hello = {
      type: 'hello',
      displayName: this.#displayName,
      client: CLIENT,
      offers: 0,
      reply,
      epoch: this.#epoch.current,
      connected: this.#line.media === 'flowing',
    };
    this.emit('send', hello, to);
  }

  /* Those who have not shown that they mean us are not shown themselves. */
  #show() {
    if (this.#isShown || !this.#pairing.isConfirmed) return;
    this.#isShown = true;
    this.emit('name', this.hello?.displayName ?? '');
    this.emit('event', 'peer');
  }

  #startOver() {
    this.#line.reset();
    this.#epoch = new Epoch();
    this.hello = null;
    this.#isAbsent = this.#isShown = this.#isRestartDue = false;
    this.#askedAt = 0;
    this.#attempts = 0;
    this.#since = Date.now();
  }

  #forget() {
    const wasShown = this.#isShown;
    this.#pairing.drop();
    this.#startOver();
    if (wasShown) this.emit('event', 'peer-gone');
  }

  #startEpoch() {
    const now = Date.now();
    this.#isRestartDue = !this.#epoch.mayStart(now);
    if (this.#isRestartDue) return;
    this.#countAttempt();
    this.#line.offer(this.#epoch.start(now));
  }

  #countAttempt() {
    if (this.#line.media === 'none' && ++this.#attempts > BLOCKED_AFTER) this.emit('blocked');
  }

  #askForRestart() {
    const now = Date.now();
    if (this.#askedAt !== 0 && now - this.#askedAt < ATTEMPT) return;
    this.#askedAt = now;
    this.#sendToRemote({ type: 'restart', epoch: this.#epoch.next });
  }

  #act({ reply, busy, start }, from) {
    if (reply) this.#sendHello(from, true);
    if (busy) this.emit('send', { type: 'bye', reason: 'busy' }, from);
    if (start) this.#startEpoch();
  }

  #takeHello(message, from, addressed) {
    const hello = { offers: message.offers, reply: message.reply, addressed, ...message };
    const actions = this.#pairing.hello(from, hello, this.#line.media, Date.now());
    if (actions.hold) {
      this.#strangerHello = message;
      return;
    }
    if (actions.adopt) this.#startOver();
    if (this.#pairing.remoteId !== from) return;

    this.#isAbsent = false;
    this.#epoch.hear(message.epoch);
    this.hello = message;
    this.#show();
    /* It answers what we said when it had not heard of the connection yet that is on its way. */
    if (message.reply && this.#line.isConnecting) actions.start = false;
    this.#act(actions, from);
  }

  #takeOffer(message, from) {
    if (!this.#pairing.offer(from) || this.#epoch.judge(message.epoch) !== 'newer') return;
    this.#epoch.move(message.epoch, Date.now());
    this.#askedAt = 0;
    this.#countAttempt();
    this.#show();
    this.#line.answer(message);
  }

  #takeRestart(message) {
    if (!this.#pairing.isOfferer || this.#epoch.judge(message.epoch) !== 'newer') return;
    this.#epoch.hear(message.epoch - 1);
    this.#startEpoch();
  }

  #takeBye(reason) {
    if (reason === 'busy') this.emit('end', 'busy');
    else if (this.#line.media !== 'none' || reason === 'failed') this.emit('end', 'remote-left');
    else this.#forget();
  }

  #tick() {
    this.#judgeStranger();
    this.#watchConnection();
  }

  #judgeStranger() {
    const { stranger, ...actions } = this.#pairing.judge(
      this.#line.media,
      this.#line.lastSign,
      Date.now(),
    );
    if (stranger === undefined) return;
    const hello = this.#strangerHello;
    this.#strangerHello = null;
    if (actions.adopt) {
      this.#startOver();
      this.hello = hello;
      this.#epoch.hear(hello.epoch);
      this.#show();
    }
    this.#act(actions, stranger);
  }

  /* Mostly only the clock tells that a connection has failed. */
  #watchConnection() {
    const age = Date.now() - Math.max(this.#epoch.startedAt, this.#since);
    if (!this.#line.needsRebuild) {
      this.#isRestartDue = false;
      return;
    }
    if (!this.isSignaling || this.#isAbsent || !this.#pairing.isConfirmed) return;
    if (age < RESTART_INTERVAL) return;
    /* One that was up and fell silent has had its time already. */
    if (this.#line.isConnecting && age < ATTEMPT && !this.#isRestartDue) return;
    this.rebuild();
  }
}
