// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';
import { newNonce } from '../protocol/safety.js';
import { PeerLeg } from '../rtc/peer-leg.js';
import { Channel } from './channel.js';
import { Monitor } from './monitor.js';

/**
 * The way to the other person: one leg after another, and what lasts from one to the next.
 *
 * `media` is "none", "flowing" or "lost". `safety` is {status, emoji, isRenewed}: "none", "emoji" or
 * "unverifiable"; renewed if a connection could not be tied to the one before. Emits "send", "event"
 * ("connected", "lost"), "end" (reason), "stream" (MediaStream), "remote" (state message), "safety",
 * "quality" and "stats".
 */
export class Line extends Emitter {
  #sealKey;
  #leg = null;
  #channel = null;
  #monitor = null;
  #resumeKey = null;
  #tracks = { audio: null, video: null };
  #state = null;

  constructor(sealKey) {
    super();
    this.#sealKey = sealKey;
    this.iceServers = [];
    this.media = 'none';
    this.lostAt = 0;
    this.safety = { status: 'none', emoji: null, isRenewed: false };
  }

  get isConnecting() {
    return this.#leg !== null && this.#monitor === null;
  }

  /** Whether the leg that we have, if any, is of no use. */
  get needsRebuild() {
    if (this.#monitor !== null) return this.#monitor.level === 'rebuild';
    return true;
  }

  get lastSign() {
    return this.#monitor?.lastSign ?? 0;
  }

  get quality() {
    return this.#monitor?.quality ?? 0;
  }

  get stats() {
    return this.#monitor?.stats ?? null;
  }

  get connection() {
    return this.#leg?.connection ?? null;
  }

  offer(epoch) {
    this.#start(epoch, true).offer();
  }

  answer(message) {
    this.#start(message.epoch, false).answer(message);
  }

  receive(message) {
    if (this.#leg?.epoch === message.epoch) this.#leg.receive(message);
  }

  setTracks(tracks) {
    for (const kind of ['audio', 'video']) {
      if (tracks[kind] !== this.#tracks[kind]) this.#leg?.setTrack(kind, tracks[kind]);
    }
    this.#tracks = tracks;
  }

  /** What the other is to be told of our devices. */
  setState(state) {
    this.#state = state;
    this.#channel?.send({ type: 'state', ...state });
  }

  /** Nothing of the former peer stays. */
  reset() {
    const hadSafety = this.safety.status !== 'none';
    this.#drop(false);
    this.#lose();
    this.#resumeKey = null;
    this.#setSafety('none', null, hadSafety);
  }

  hangUp(reason) {
    this.#channel?.send({ type: 'bye', reason });
    this.#drop(true);
  }

  #start(epoch, isOfferer) {
    this.#drop(false);
    this.#lose();
    const leg = new PeerLeg({
      epoch,
      isOfferer,
      iceServers: this.iceServers,
      resumeKey: this.#resumeKey,
      tracks: this.#tracks,
    });
    leg.on('send', (message) => this.emit('send', message));
    leg.on('connected', () => this.#connected(leg));
    leg.on('channel-open', () => this.#channelOpened(leg));
    leg.on('verification', () => this.#verificationChanged(leg));
    leg.on('track', () => this.emit('stream', leg.stream));
    leg.on('failed', (reason) => this.#failed(reason));
    this.#leg = leg;
    this.#channel = new Channel(leg);
    this.#channel.on('message', (message) => this.#received(message));
    return leg;
  }

  #drop(linger) {
    this.#monitor?.stop();
    this.#channel?.mute();
    this.#leg?.close(linger);
    this.#leg = this.#channel = this.#monitor = null;
  }

  #lose(since = Date.now()) {
    if (this.media !== 'flowing') return;
    this.media = 'lost';
    this.lostAt = since;
    this.emit('event', 'lost');
  }

  #regain() {
    if (this.media === 'flowing') return;
    this.media = 'flowing';
    this.emit('event', 'connected');
  }

  #connected(leg) {
    this.#monitor = new Monitor(leg, this.#channel);
    this.#monitor.on('change', () => this.#monitorChanged());
    this.#monitor.on('stats', () => this.emit('stats', this.#monitor?.stats));
    this.emit('stream', leg.stream);
    this.#regain();
    this.emit('quality');
    this.#verificationChanged(leg);
  }

  #monitorChanged() {
    const { level, lastSign } = this.#monitor;
    if (level === 'lost' || level === 'rebuild') this.#lose(lastSign);
    else if (level === 'ok') this.#regain();
    this.emit('quality');
  }

  /* The offerer shares a key, so that later epochs can be tied to this one. */
  #channelOpened(leg) {
    if (this.#state !== null) this.#channel.send({ type: 'state', ...this.#state });
    if (!leg.isOfferer || leg.isResumed) return;
    this.#resumeKey = newNonce();
    this.#channel.send({ type: 'resume', key: this.#resumeKey });
  }

  #received(message) {
    if (message.type === 'bye') this.emit('end', 'remote-left');
    else if (message.type === 'state') this.emit('remote', message);
    else if (!this.#leg.isOfferer && !this.#leg.isResumed) this.#resumeKey = message.key;
  }

  async #verificationChanged(leg) {
    if (leg.verification.status === 'failed') {
      this.emit('end', 'verification');
      return;
    }
    /* Before that the fingerprints are only claims. */
    if (!leg.isConnected || leg !== this.#leg) return;
    if (leg.isResumed && this.safety.status === 'emoji') return;

    const isRenewed = this.safety.isRenewed || (leg.epoch > 1 && this.safety.status !== 'none');
    const emoji = await leg.emoji(this.#sealKey);
    if (leg !== this.#leg) return;
    if (emoji !== null) this.#setSafety('emoji', emoji, isRenewed);
    else if (leg.verification.status === 'unverifiable')
      this.#setSafety('unverifiable', null, isRenewed);
    else this.#setSafety('none', null, isRenewed);
  }

  #setSafety(status, emoji, isRenewed) {
    this.safety = { status, emoji, isRenewed };
    this.emit('safety');
  }

  #failed(reason) {
    if (reason === 'fingerprint') {
      this.emit('end', 'fingerprint');
    } else if (reason === 'description') {
      this.emit('end', 'protocol');
    } else {
      this.#drop(false);
      this.#lose();
      this.emit('leg-failed', reason);
    }
  }
}
