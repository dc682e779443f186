// SPDX-License-Identifier: GPL-3.0-or-later

import * as field from './fields.js';
import { refuse } from './refusal.js';
import { isPrintableAscii } from './text.js';

const TEXT_MAX_CHARS = 200;
const TICKET_MAX_CHARS = 1024;
const MAX_PEERS = 256;
const MAX_ICE_SERVERS = 16;
const MAX_ICE_URLS = 8;
const ICE_TEXT_MAX_CHARS = 512;

function checkObject(value) {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    refuse('message', 'An element is no object');
  return value;
}

function peer(object) {
  return { id: field.id(object, 'id', 1), joinedAt: field.integer(object, 'joinedAt', 0) };
}

/* As in W3C WebRTC section 4.2.4, urls is one string or an array of them. */
function iceUrls(object) {
  const urls =
    typeof object.urls === 'string' ? [object.urls] : field.array(object, 'urls', MAX_ICE_URLS);
  for (const url of urls) {
    if (typeof url !== 'string' || url.length > ICE_TEXT_MAX_CHARS || !isPrintableAscii(url))
      refuse('message', 'The URL of an ICE server is no string, too long or not printable ASCII');
  }
  return urls;
}

function optionalAscii(object, name, maxChars) {
  return field.has(object, name) ? { [name]: field.ascii(object, name, maxChars) } : {};
}

function iceServer(object) {
  return {
    urls: iceUrls(object),
    ...optionalAscii(object, 'username', ICE_TEXT_MAX_CHARS),
    ...optionalAscii(object, 'credential', ICE_TEXT_MAX_CHARS),
  };
}

function elements(object, name, max, read) {
  return field.array(object, name, max).map((element) => read(checkObject(element)));
}

const READERS = {
  'room-joined': (object) => ({
    room: field.id(object, 'room', 1),
    peerId: field.id(object, 'peerId', 1),
    peers: elements(object, 'peers', MAX_PEERS, peer),
    iceServers: elements(object, 'iceServers', MAX_ICE_SERVERS, iceServer),
    maxParticipants: field.integer(object, 'maxParticipants', 1, 65_535),
    expiresAt: field.integer(object, 'expiresAt', 0),
    ...optionalAscii(object, 'ticket', TICKET_MAX_CHARS),
  }),
  'peer-joined': (object) => ({ peer: peer(field.object(object, 'peer')) }),
  'peer-disconnected': (object) => ({ peerId: field.id(object, 'peerId', 1) }),
  announcement: (object) => ({ text: field.plainText(object, 'text', TEXT_MAX_CHARS) }),
  pong: () => ({}),
  error: (object) => ({
    code: field.integer(object, 'code', 1000, 4999), // RFC 6455 section 7.4
    message: field.plainText(object, 'message', TEXT_MAX_CHARS),
  }),
};

export function isServerMessageType(type) {
  return Object.hasOwn(READERS, type);
}

/** Reads a message of the room server and checks every field. */
export function readServerMessage(object) {
  const type = field.string(object, 'type');
  if (!isServerMessageType(type)) refuse('unknown-type', 'A server message of unknown type');
  return { type, ...READERS[type](object) };
}
