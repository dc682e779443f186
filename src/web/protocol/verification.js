// SPDX-License-Identifier: GPL-3.0-or-later

import { checkCommit, commitOf, newNonce, safetyEmoji } from './safety.js';

/**
 * The exchange of nonces of one epoch. `status` goes from "pending" to "ready", "unverifiable" (the
 * other does not take part) or "failed" (it revealed something else than it had committed to).
 */
export class Verification {
  #remoteCommit = null;
  #remoteNonce = null;

  constructor(isOfferer) {
    this.isOfferer = isOfferer;
    this.status = 'pending';
    this.nonce = newNonce();
  }

  commit() {
    return commitOf(this.nonce);
  }

  takeOffer(commit = null) {
    this.#remoteCommit = commit;
    if (commit === null) this.status = 'unverifiable';
  }

  /** Only after this may our nonce be revealed. */
  takeAnswer(nonce = null) {
    if (this.status !== 'pending') return;
    this.#remoteNonce = nonce;
    this.status = nonce === null ? 'unverifiable' : 'ready';
  }

  async takeReveal(nonce) {
    if (this.isOfferer || this.status !== 'pending' || this.#remoteCommit === null) return;
    const isRight = await checkCommit(this.#remoteCommit, nonce);
    this.#remoteNonce = isRight ? nonce : null;
    this.status = isRight ? 'ready' : 'failed';
  }

  /** Four numbers of pictures, or null before there are any. */
  async emoji(localFingerprint, remoteFingerprint, sealKey) {
    if (this.status !== 'ready') return null;
    const ours = [localFingerprint, this.nonce];
    const theirs = [remoteFingerprint, this.#remoteNonce];
    const [[offerer, nonceOfferer], [answerer, nonceAnswerer]] = this.isOfferer
      ? [ours, theirs]
      : [theirs, ours];
    return safetyEmoji({ offerer, answerer, nonceOfferer, nonceAnswerer, sealKey });
  }
}
