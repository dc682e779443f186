// SPDX-License-Identifier: GPL-3.0-or-later

import { concat } from './bytes.js';
import { ALPHABET } from './room-code.js';
import { utf8 } from './text.js';

const SALT = 'duologue/1';
const ROUNDS = 200_000;
const ROOM_ID_BYTES = 16;

/* Five bits a symbol, the most significant first, padded with zeros. */
function toBase32(bytes) {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const groups = bits.padEnd(Math.ceil(bits.length / 5) * 5, '0').match(/.{5}/g);
  return groups.map((group) => ALPHABET[parseInt(group, 2)]).join('');
}

export async function hmac(key, ...parts) {
  const imported = await crypto.subtle.importKey(
    'raw',
    key,
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, concat(...parts)));
}

/** Derives the room's id and seal key from the 12 symbols; the browser does it off this thread. */
export async function deriveRoomKeys(symbols) {
  const secret = await crypto.subtle.importKey('raw', utf8(symbols), 'PBKDF2', false, [
    'deriveBits',
  ]);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt: utf8(SALT), iterations: ROUNDS };
  const master = new Uint8Array(await crypto.subtle.deriveBits(parameters, secret, 256));
  const one = Uint8Array.of(1);
  const room = await hmac(master, utf8('room'), one);
  return {
    roomId: toBase32(room.subarray(0, ROOM_ID_BYTES)),
    sealKey: await hmac(master, utf8('seal'), one),
  };
}
