// SPDX-License-Identifier: GPL-3.0-or-later

import { toBase64 } from './bytes.js';
import * as field from './fields.js';
import { refuse } from './refusal.js';
import { NAME_MAX_CHARS, toPlainText } from './text.js';

export const BYE_REASONS = ['left', 'busy', 'failed'];
export const PROOF_BYTES = 32;

const SDP_MAX_BYTES = 32 * 1024;
const CLIENT_MAX_CHARS = 64;
const CANDIDATE_MAX_CHARS = 1024;
const MID_MAX_CHARS = 64;
const USERNAME_FRAGMENT_MAX_CHARS = 256; // RFC 8445 section 5.3

/* Plain web clients in open rooms know no epochs: theirs is always the first. */
function epoch(object, openRoom, least = 1) {
  return openRoom && !field.has(object, 'epoch') ? 1 : field.integer(object, 'epoch', least);
}

/* Bytes are kept as Uint8Array; what is not there is left out. */
function proof(object, name, optional) {
  return optional && !field.has(object, name)
    ? {}
    : { [name]: field.bytes(object, name, PROOF_BYTES) };
}

function hello(object, openRoom) {
  return {
    displayName: field.plainText(object, 'displayName', NAME_MAX_CHARS),
    client: field.plainText(object, 'client', CLIENT_MAX_CHARS),
    offers: field.integer(object, 'offers', 0, 1),
    reply: field.boolean(object, 'reply'),
    epoch: epoch(object, openRoom, 0),
    connected: field.boolean(object, 'connected'),
  };
}

/* The inner object is an RTCSessionDescriptionInit under the name of its own type. */
function description(object, type) {
  const inner = field.object(object, type);
  const sdp = field.string(inner, 'sdp', SDP_MAX_BYTES);
  if (sdp === '' || /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]/.test(sdp))
    refuse('message', `Field "${type}" is no such description`);
  return { [type]: { type: field.choice(inner, 'type', [type]), sdp } };
}

function offer(object, openRoom) {
  return {
    epoch: epoch(object, openRoom),
    ...description(object, 'offer'),
    ...proof(object, 'commit', openRoom),
    ...proof(object, 'resume', true),
  };
}

function answer(object, openRoom) {
  return {
    epoch: epoch(object, openRoom),
    ...description(object, 'answer'),
    ...proof(object, 'nonce', openRoom),
    ...proof(object, 'resume', true),
  };
}

function reveal(object, openRoom) {
  return { epoch: epoch(object, openRoom), ...proof(object, 'nonce', false) };
}

function optionalAscii(object, name, maxChars) {
  return field.has(object, name) ? { [name]: field.ascii(object, name, maxChars) } : {};
}

/* The inner object is an RTCIceCandidateInit. */
function iceCandidate(object, openRoom) {
  const inner = field.object(object, 'candidate');
  return {
    epoch: epoch(object, openRoom),
    candidate: {
      candidate: field.ascii(inner, 'candidate', CANDIDATE_MAX_CHARS),
      sdpMLineIndex: field.integer(inner, 'sdpMLineIndex', 0, 65_535),
      ...optionalAscii(inner, 'sdpMid', MID_MAX_CHARS),
      ...optionalAscii(inner, 'usernameFragment', USERNAME_FRAGMENT_MAX_CHARS),
    },
  };
}

function restart(object, openRoom) {
  return { epoch: epoch(object, openRoom) };
}

function bye(object, openRoom) {
  return {
    reason:
      openRoom && !field.has(object, 'reason')
        ? 'left'
        : field.choice(object, 'reason', BYE_REASONS),
  };
}

const READERS = {
  hello,
  offer,
  answer,
  reveal,
  'ice-candidate': iceCandidate,
  restart,
  bye,
};

export function isPeerMessageType(type) {
  return Object.hasOwn(READERS, type);
}

/**
 * Reads a message and checks every field's type, size and grammar. Fields that its type does not
 * have are left out.
 */
export function readPeerMessage(object, openRoom) {
  const type = field.string(object, 'type');
  if (!isPeerMessageType(type)) refuse('unknown-type', 'A peer message of unknown type');
  return { type, ...READERS[type](object, openRoom) };
}

/** Makes a message ready for JSON; a name that could not be read again is mended. */
export function writeMessage(message) {
  const written = { ...message };
  for (const [name, value] of Object.entries(written)) {
    if (value instanceof Uint8Array) written[name] = toBase64(value);
  }
  if ('displayName' in written)
    written.displayName = toPlainText(written.displayName, NAME_MAX_CHARS);
  if ('client' in written) written.client = toPlainText(written.client, CLIENT_MAX_CHARS);
  return written;
}
