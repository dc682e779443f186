// SPDX-License-Identifier: GPL-3.0-or-later

import { randomBytes, toBase64 } from './bytes.js';
import * as field from './fields.js';
import { parseJson } from './json.js';
import { isPeerMessageType, readPeerMessage, writeMessage } from './peer-message.js';
import { Refusal, refuse } from './refusal.js';
import { importSealKey, IV_BYTES, open, seal, TAG_BYTES } from './seal.js';
import { utf8 } from './text.js';

export const FRAME_MAX_BYTES = 64 * 1024;

const PEER_ID_MIN_CHARS = 22;
const MAX_SENDERS = 256;

/**
 * Puts peer messages into frames and takes them out, sealed in a room with a code, bare in an open
 * one. To be kept as long as the PEER: it numbers what goes out and remembers what came.
 *
 * Both directions are asynchronous and have to be called one after the other.
 */
export class Envelope {
  #key;
  #seq = 0;
  #senders = new Map();

  constructor(roomId, selfId, sealKey) {
    this.roomId = roomId;
    this.selfId = selfId;
    this.dropped = 0;
    this.#key = sealKey === null ? null : importSealKey(sealKey);
  }

  /** Makes the text of a frame; `to` null is everybody. */
  async wrap(message, to = null) {
    const written = writeMessage(message);
    const inner = this.#key === null ? written : await this.#seal(written, to);
    const text = JSON.stringify({ ...inner, from: this.selfId, ...(to === null ? {} : { to }) });
    if (utf8(text).length > FRAME_MAX_BYTES) refuse('message', 'A message is too large to be sent');
    return text;
  }

  async #seal(written, to) {
    const iv = randomBytes(IV_BYTES);
    const context = { room: this.roomId, from: this.selfId, to };
    const plainText = JSON.stringify({ ...written, seq: ++this.#seq });
    const data = await seal(await this.#key, iv, context, plainText);
    return { type: 'sealed', iv: toBase64(iv), data: toBase64(data) };
  }

  /**
   * Takes the message out of a frame that is none of the server's: {message, from, addressed}.
   * What does not open, was here before, is our own, is for somebody else or is malformed is
   * counted and refused; frames of unknown type are refused without counting.
   */
  async unwrap(frame) {
    try {
      return await this.#unwrap(frame);
    } catch (error) {
      if (!(error instanceof Refusal) || error.kind !== 'unknown-type') this.dropped++;
      throw error;
    }
  }

  async #unwrap(frame) {
    const type = field.string(frame, 'type');
    const isSealed = type === 'sealed';
    if (isSealed !== (this.#key !== null)) {
      if (isPeerMessageType(type)) refuse('seal', 'A message that is not sealed');
      refuse('unknown-type', 'A frame of unknown type');
    }

    const { from, to } = this.#readAddresses(frame);
    const object = isSealed ? await this.#open(frame, from, to) : frame;
    const message = readPeerMessage(object, !isSealed);
    if (isSealed && to === null && message.type !== 'hello')
      refuse('seal', 'A message to everybody that is no hello');
    if (from === '' && message.type === 'hello') refuse('seal', 'A hello from nobody');
    return { message, from, addressed: to !== null };
  }

  #readAddresses(frame) {
    const least = this.#key !== null ? PEER_ID_MIN_CHARS : 1;
    /* Plain web clients in open rooms do not say who they are. */
    const anonymous = this.#key === null && !field.has(frame, 'from');
    const from = anonymous ? '' : field.id(frame, 'from', least);
    const to = field.has(frame, 'to') ? field.id(frame, 'to', least) : null;
    if (from === this.selfId) refuse('seal', 'A message of our own');
    if (to !== null && to !== this.selfId) refuse('seal', 'A message for somebody else');
    return { from, to };
  }

  async #open(frame, from, to) {
    const iv = field.bytes(frame, 'iv', IV_BYTES);
    const data = field.bytes(frame, 'data', TAG_BYTES, FRAME_MAX_BYTES);
    const context = { room: this.roomId, from, to };
    const object = parseJson(await open(await this.#key, iv, context, data));
    const seq = field.integer(object, 'seq', 1);
    if (seq <= (this.#senders.get(from) ?? 0)) refuse('seal', 'A message that was here before');
    this.#remember(from, seq);
    return object;
  }

  /* A Map keeps the order of insertion: whoever was heard longest ago comes first. */
  #remember(from, seq) {
    this.#senders.delete(from);
    if (this.#senders.size >= MAX_SENDERS) this.#senders.delete(this.#senders.keys().next().value);
    this.#senders.set(from, seq);
  }
}
