// SPDX-License-Identifier: GPL-3.0-or-later

/* A peer silent for this long may be replaced by a stranger: it may well be the same person again. */
const SILENCE = 2_000;
/* A sign of life this long after a stranger's hello shows that the stranger is somebody else. */
const PROOF = 1_000;
/* A connection that has not come up by then does not keep a stranger out. */
const PATIENCE = 6_000;

/**
 * Who the other is, and what to do about a hello. Each decision is an object of flags: adopt, reply,
 * start, hold, busy, answer. `media` is "none", "flowing" or "lost"; times are in milliseconds.
 */
export class Pairing {
  #selfId;
  #offers;
  #remote = null;
  #stranger = null;

  constructor(selfId, offers = 0) {
    this.#selfId = selfId;
    this.#offers = offers;
  }

  get remoteId() {
    return this.#remote?.id ?? null;
  }

  /** Whether the other has shown that it means us, and may be shown. */
  get isConfirmed() {
    return this.#remote?.confirmed ?? false;
  }

  /** Whether it is on us to offer to the other. */
  get isOfferer() {
    if (this.#remote === null) return false;
    if (this.#offers !== this.#remote.offers) return this.#offers > this.#remote.offers;
    return this.#selfId > this.#remote.id;
  }

  #isReplaceable(media) {
    return (
      this.#remote === null || media === 'lost' || (media === 'none' && !this.#remote.confirmed)
    );
  }

  #greet(reply) {
    return { reply: !reply, start: this.isOfferer };
  }

  hello(from, hello, media, now) {
    if (from === this.#selfId) return {};
    if (this.#remote?.id === from) return this.#helloOfRemote(hello, media);

    const peer = { id: from, offers: hello.offers, confirmed: hello.addressed };
    if (this.#isReplaceable(media)) {
      this.#remote = peer;
      this.#stranger = null;
      return { adopt: true, ...this.#greet(hello.reply) };
    }
    if (this.#stranger?.id !== from)
      this.#stranger = { ...peer, since: now, reply: hello.reply };
    return { hold: true };
  }

  #helloOfRemote(hello, media) {
    this.#remote.offers = hello.offers;
    this.#remote.confirmed ||= hello.addressed;
    const actions = this.#greet(hello.reply);
    /* Both connected: only the room server was away. Neither connected, and a reply: when both come
     * at once each hears the other's hello first, and the connection is on its way already. */
    if ((media === 'flowing' && hello.connected) || (media === 'none' && hello.reply))
      actions.start = false;
    return actions;
  }

  /** Decides on a stranger on hold, if there is one: {stranger, busy} or {stranger, adopt, …}. */
  judge(media, lastSign, now) {
    const stranger = this.#stranger;
    if (stranger === null) return {};

    const silent =
      media === 'none' ? now - stranger.since > PATIENCE : now - lastSign > SILENCE;
    if (silent || this.#isReplaceable(media)) {
      this.#remote = stranger;
      this.#stranger = null;
      return { stranger: stranger.id, adopt: true, ...this.#greet(stranger.reply) };
    }
    if (media === 'flowing' && lastSign > stranger.since + PROOF) {
      this.#stranger = null;
      return { stranger: stranger.id, busy: true };
    }
    return {};
  }

  /** Whether an offer counts: only the offerer's does. */
  offer(from) {
    if (this.#remote?.id !== from) return false;
    this.#remote.confirmed = true;
    return !this.isOfferer;
  }

  /** Whether some other message is from the other, and so may be looked at. */
  heard(from, addressed) {
    if (this.#remote?.id !== from) return false;
    this.#remote.confirmed ||= addressed;
    return true;
  }

  /** Forgets a peer; null is the other. */
  drop(peerId = null) {
    if (peerId === null || this.#remote?.id === peerId) this.#remote = null;
    if (peerId !== null && this.#stranger?.id === peerId) this.#stranger = null;
  }
}
