// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';
import { randomId } from '../protocol/bytes.js';
import { RoomClient } from '../signaling/room-client.js';
import { Seat } from '../signaling/seat.js';
import { Line } from './line.js';
import { judgeLoss } from './liveness.js';
import { RemotePeer } from './remote-peer.js';
import { nextState } from './state.js';

/* To these the other is told that it failed, not that we left. */
const FAILURES = ['fingerprint', 'verification', 'protocol', 'failed'];

/**
 * A call from joining to its end; what the views show. Glue only: it touches no JSON and no socket.
 *
 * Emits "change" when any of its properties has changed, and "stats" once a second.
 */
export class Session extends Emitter {
  #link;
  #media;
  #keys;
  #displayName;
  #client = null;
  #line = null;
  #remotePeer = null;
  #timer = null;

  /** `keys` is the promise of deriveRoomKeys(). */
  constructor({ link, displayName, media, keys }) {
    super();
    this.#link = link;
    this.#media = media;
    this.#keys = keys;
    this.#displayName = displayName;
    this.state = 'idle';
    this.endReason = null;
    this.startedAt = 0;
    this.duration = 0;
    this.canGiveUp = false;
    this.isBlocked = false;
    this.isLocalTrouble = false;
    this.announcement = null;
    this.stream = null;
    this.remote = { name: null, microphone: true, camera: true, screen: false, isApp: false };
  }

  get link() {
    return this.#link;
  }

  get isConnected() {
    return this.#client?.connected ?? false;
  }

  get isReached() {
    return this.#client?.reached ?? false;
  }

  get isFull() {
    return this.#client?.full ?? false;
  }

  get isWaitingForHost() {
    return this.#client?.waiting ?? false;
  }

  get safety() {
    return this.#line?.safety ?? { status: 'none', emoji: null, isRenewed: false };
  }

  get quality() {
    return this.#line?.quality ?? 0;
  }

  get stats() {
    return this.#line?.stats ?? null;
  }

  async join() {
    this.#happen('join');
    let keys;
    try {
      keys = await this.#keys;
    } catch (error) {
      console.debug('No keys:', error.message);
      this.#end('failed');
      return;
    }
    if (this.state !== 'preparing') return;
    this.#enter(keys);
    this.#happen('keys');
    this.#client.join();
  }

  /** Ends the call; the other is told. */
  hangUp() {
    this.#end('left');
  }

  #enter({ roomId, sealKey }) {
    const peerId = randomId();
    this.#client = new RoomClient({
      uri: this.#link.roomUri(roomId),
      roomId,
      sealKey,
      peerId,
      seat: new Seat(roomId, globalThis.sessionStorage),
    });
    this.#line = new Line(sealKey);
    this.#remotePeer = new RemotePeer({
      selfId: peerId,
      line: this.#line,
      displayName: this.#displayName,
    });
    this.#wireClient();
    this.#wireLine();
    this.#wireRemotePeer();
    this.#media.on('change', this.#mediaChanged);
    this.#mediaChanged();
    this.#timer = setInterval(() => this.#tick(), 500);
    globalThis.addEventListener('online', this.#online);
  }

  #wireClient() {
    const client = this.#client;
    client.on('joined', (greeting) => {
      if (greeting !== null) this.#line.iceServers = greeting.iceServers;
      this.#remotePeer.isSignaling = true;
      this.#happen('room');
      this.#remotePeer.greet();
    });
    client.on('message', (...message) => this.#remotePeer?.receive(...message));
    client.on('peer-left', (peerId) => this.#remotePeer?.left(peerId));
    client.on('announcement', (announcement) => this.#change({ announcement }));
    client.on('state', () => {
      this.#remotePeer.isSignaling = client.connected;
      this.emit('change');
    });
    client.on('closed', (reason) => {
      /* Media that flows needs no room, unless it is we who took the call elsewhere. */
      if (this.#line.media !== 'flowing' || reason === 'taken-over') this.#end(reason);
    });
  }

  #wireLine() {
    const line = this.#line;
    line.on('event', (event) => this.#happen(event));
    line.on('end', (reason) => this.#end(reason));
    line.on('stream', (stream) => this.#change({ stream }));
    line.on('remote', ({ displayName, microphone, camera, screen }) => {
      const name = displayName === '' ? this.remote.name : displayName;
      this.#change({ remote: { ...this.remote, name, microphone, camera, screen } });
    });
    line.on('safety', () => this.emit('change'));
    line.on('quality', () => this.emit('change'));
    line.on('stats', () => this.emit('stats'));
  }

  #wireRemotePeer() {
    const peer = this.#remotePeer;
    peer.on('send', (message, to) => this.#client.send(message, to));
    peer.on('event', (event) => this.#happen(event));
    peer.on('end', (reason) => this.#end(reason));
    peer.on('blocked', () => this.#change({ isBlocked: true }));
    peer.on('name', (name) => {
      const remote = { name, microphone: true, camera: true, screen: false, isApp: peer.isApp };
      this.#change({ remote });
    });
  }

  #change(values) {
    Object.assign(this, values);
    this.emit('change');
  }

  #mediaChanged = () => {
    const media = this.#media;
    this.#line?.setTracks(media.tracks);
    this.#line?.setState({
      microphone: media.hasMicrophone,
      camera: media.hasCamera || media.screenTrack !== null,
      screen: media.screenTrack !== null,
      hand: false,
      recording: false,
      displayName: this.#displayName,
    });
  };

  #happen(event) {
    const state = nextState(this.state, event);
    if (state === null) {
      console.debug(`Nothing leads from ${this.state} by ${event}`);
      return;
    }
    if (state === 'connected') {
      if (this.startedAt === 0) this.startedAt = Date.now();
      this.isBlocked = false;
    }
    if (state !== 'reconnecting') this.canGiveUp = false;
    this.#change({ state });
  }

  #online = () => {
    if (this.#line?.media === 'lost') this.#remotePeer?.rebuild();
  };

  #tick() {
    const isLocalTrouble = !navigator.onLine || !this.isConnected;
    if (this.state !== 'reconnecting') return;
    const verdict = judgeLoss(Date.now() - this.#line.lostAt);
    if (verdict === 'over') {
      this.#end('connection-lost');
    } else if (verdict === 'may-give-up' && !this.canGiveUp) {
      this.#change({ canGiveUp: true });
    } else if (isLocalTrouble !== this.isLocalTrouble) {
      this.#change({ isLocalTrouble });
    }
  }

  #end(reason) {
    if (this.state === 'ended') return;
    clearInterval(this.#timer);
    globalThis.removeEventListener('online', this.#online);
    this.#media.off('change', this.#mediaChanged);
    if (this.startedAt !== 0) this.duration = Date.now() - this.startedAt;
    this.endReason = reason;
    this.#happen('end');

    if (reason === 'left') this.#remotePeer?.sayBye('left');
    else if (FAILURES.includes(reason)) this.#remotePeer?.sayBye('failed');
    else this.#line?.hangUp('left');
    this.#remotePeer?.stop();
    this.#line?.mute();
    this.#client?.leave();
    this.mute();
  }
}
