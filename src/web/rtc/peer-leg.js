// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';
import { fingerprintOf } from '../protocol/description.js';
import { checkResume, resumeProof } from '../protocol/safety.js';
import { Verification } from '../protocol/verification.js';

const KINDS = ['audio', 'video'];

/* How long the channel is left to carry what was just written to it. */
const LINGER = 300;

/* A server that names helpers which the browser cannot read costs the helpers, not the call. */
function newConnection(iceServers) {
  const options = { bundlePolicy: 'max-bundle' };
  try {
    return new RTCPeerConnection({ ...options, iceServers });
  } catch (error) {
    console.debug('The ICE servers are of no use:', error.message);
    return new RTCPeerConnection(options);
  }
}

/**
 * One epoch of a call: an RTCPeerConnection with its data channel, its offer and answer, and the
 * nonces that go with them; thrown away whole.
 *
 * Emits "send" (peer message), "connected", "channel-open", "message" (text), "verification",
 * "track" and "failed" (reason: "fingerprint", "description", "connection", "gone").
 */
export class PeerLeg extends Emitter {
  #connection;
  #channel = null;
  #resumeKey;
  #tracks;
  #senders = new Map();
  #candidates = [];
  #isDescribed = false;
  #isAnswered = false;
  #isClosed = false;
  #remoteFingerprint = null;
  #remoteTaken = null;

  constructor({ epoch, isOfferer, iceServers, resumeKey, tracks }) {
    super();
    this.epoch = epoch;
    this.isOfferer = isOfferer;
    this.isResumed = false;
    this.isConnected = false;
    this.stream = new MediaStream();
    this.verification = new Verification(isOfferer);
    this.#resumeKey = resumeKey;
    this.#tracks = tracks;
    this.#connection = this.#createConnection(iceServers);
  }

  #createConnection(iceServers) {
    const connection = newConnection(iceServers);
    connection.onicecandidate = ({ candidate }) => this.#sendCandidate(candidate);
    connection.onconnectionstatechange = () => this.#stateChanged();
    connection.ondatachannel = ({ channel }) => this.#takeChannel(channel);
    connection.ontrack = ({ track }) => {
      this.stream.addTrack(track);
      this.emit('track');
    };
    return connection;
  }

  get connection() {
    return this.#connection;
  }

  #send(type, fields) {
    if (!this.#isClosed) this.emit('send', { type, epoch: this.epoch, ...fields });
  }

  /* An error here means that this epoch will come to nothing. */
  async #attempt(run) {
    try {
      await run();
    } catch (error) {
      if (this.#isClosed) return;
      console.debug('A negotiation failed:', error.message);
      this.emit('failed', error.name === 'Refusal' ? 'description' : 'connection');
    }
  }

  offer() {
    return this.#attempt(async () => {
      /* In the order that all of us agree on: audio, video, application. */
      for (const kind of KINDS) this.#addTransceiver(this.#connection.addTransceiver(kind));
      this.#takeChannel(this.#connection.createDataChannel('duologue'));
      await this.#connection.setLocalDescription();
      const commit = await this.verification.commit();
      await this.#describe('offer', { commit });
    });
  }

  answer(message) {
    return this.#attempt(async () => {
      await this.#takeRemote(message.offer, message.resume);
      this.verification.takeOffer(message.commit);
      for (const transceiver of this.#connection.getTransceivers())
        this.#addTransceiver(transceiver);
      await this.#connection.setLocalDescription();
      await this.#describe('answer', { nonce: this.verification.nonce });
      this.emit('verification');
    });
  }

  /* Sending and receiving from the start, without a track where there is no device: a device that
   * comes later needs no negotiation. */
  #addTransceiver(transceiver) {
    const { sender, receiver } = transceiver;
    const kind = receiver.track.kind;
    transceiver.direction = 'sendrecv';
    sender.setStreams?.(this.stream);
    this.#senders.set(kind, sender);
    sender.replaceTrack(this.#tracks[kind]).catch((error) => console.debug(error.message));
  }

  /* Who it is has to be known before the connection can come up; candidates wait for both. */
  #takeRemote(description, resume) {
    this.#isAnswered = true;
    this.#remoteFingerprint = fingerprintOf(description.sdp);
    this.#remoteTaken = this.#checkResume(resume).then((isResumed) => {
      this.isResumed = isResumed;
      return this.#connection.setRemoteDescription(description);
    });
    return this.#remoteTaken;
  }

  async #checkResume(resume) {
    if (this.#resumeKey === null || resume === undefined) return false;
    const isOffer = !this.isOfferer;
    return checkResume(resume, this.#resumeKey, isOffer, this.epoch, this.#remoteFingerprint);
  }

  async #describe(type, proofs) {
    const { sdp } = this.#connection.localDescription;
    const isOffer = type === 'offer';
    const resume =
      this.#resumeKey === null
        ? {}
        : {
            resume: await resumeProof(this.#resumeKey, isOffer, this.epoch, fingerprintOf(sdp)),
          };
    this.#send(type, { [type]: { type, sdp }, ...proofs, ...resume });
    this.#isDescribed = true;
    for (const candidate of this.#candidates.splice(0)) this.#sendCandidate(candidate);
  }

  /* The other can make sense of candidates only once it has our description. */
  #sendCandidate(candidate) {
    if (!this.#isDescribed) {
      this.#candidates.push(candidate);
      return;
    }
    const { sdpMLineIndex, sdpMid, usernameFragment } = candidate ?? {};
    this.#send('ice-candidate', {
      candidate: {
        candidate: candidate?.candidate ?? '',
        sdpMLineIndex: sdpMLineIndex ?? 0,
        ...(sdpMid ? { sdpMid } : {}),
        ...(usernameFragment ? { usernameFragment } : {}),
      },
    });
  }

  /** Takes an answer, reveal or candidate of this epoch. */
  receive(message) {
    switch (message.type) {
      case 'answer':
        return this.#takeAnswer(message);
      case 'reveal':
        return this.#takeReveal(message);
      case 'ice-candidate':
        return this.#takeCandidate(message.candidate);
    }
    return undefined;
  }

  #takeAnswer(message) {
    if (!this.isOfferer || this.#isAnswered || !this.#isDescribed) return undefined;
    return this.#attempt(async () => {
      const taken = this.#takeRemote(message.answer, message.resume);
      this.verification.takeAnswer(message.nonce);
      /* The answerer cannot change its nonce any more, so it may see ours. */
      if (message.nonce !== undefined) this.#send('reveal', { nonce: this.verification.nonce });
      await taken;
      this.emit('verification');
    });
  }

  async #takeReveal(message) {
    await this.verification.takeReveal(message.nonce);
    this.emit('verification');
  }

  async #takeCandidate(candidate) {
    try {
      await this.#remoteTaken;
      await this.#connection.addIceCandidate(candidate);
    } catch (error) {
      console.debug('A candidate was ignored:', error.message);
    }
  }

  #takeChannel(channel) {
    if (this.#channel !== null || channel.label !== 'duologue') return;
    this.#channel = channel;
    channel.onopen = () => this.#channelOpened();
    channel.onmessage = ({ data }) => {
      if (typeof data === 'string') this.emit('message', data);
    };
    /* The other has thrown its end away: it left, or its page was loaded again. */
    channel.onclose = () => this.emit('failed', 'gone');
    if (channel.readyState === 'open') this.#channelOpened();
  }

  get isChannelOpen() {
    return this.#channel?.readyState === 'open';
  }

  #channelOpened() {
    if (this.isConnected) this.emit('channel-open');
  }

  /* "connected" includes DTLS: the browser has compared certificate and fingerprint. */
  #stateChanged() {
    const state = this.#connection.connectionState;
    if (state === 'connected' && !this.isConnected) {
      this.isConnected = true;
      this.emit('connected');
      if (this.isChannelOpen) this.#channelOpened();
    } else if (state === 'failed') {
      this.emit('failed', this.#hasWrongCertificate() ? 'fingerprint' : 'connection');
    }
  }

  /* There was a way to the other, and the handshake on it failed before it ever succeeded. */
  #hasWrongCertificate() {
    const states = this.#connection
      .getTransceivers()
      .map(({ sender }) => sender.transport?.state)
      .concat(this.#connection.sctp?.transport?.state);
    return !this.isConnected && states.includes('failed');
  }

  sendText(text) {
    if (this.isChannelOpen) this.#channel.send(text);
  }

  setTrack(kind, track) {
    this.#tracks = { ...this.#tracks, [kind]: track };
    return this.#senders.get(kind)?.replaceTrack(track);
  }

  async emoji(sealKey) {
    const { localDescription } = this.#connection;
    if (localDescription === null || this.#remoteFingerprint === null) return null;
    const local = fingerprintOf(localDescription.sdp);
    return this.verification.emoji(local, this.#remoteFingerprint, sealKey);
  }

  /** Ends it; with `linger` only after what was just sent has had time to get out. */
  close(linger = false) {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.mute();
    const connection = this.#connection;
    connection.onicecandidate = connection.onconnectionstatechange = null;
    connection.ondatachannel = connection.ontrack = null;
    if (this.#channel !== null)
      this.#channel.onopen = this.#channel.onmessage = this.#channel.onclose = null;
    if (linger && this.isChannelOpen) setTimeout(() => connection.close(), LINGER);
    else connection.close();
  }
}
