// SPDX-License-Identifier: GPL-3.0-or-later

import { refuse } from './refusal.js';
import { utf8 } from './text.js';

export const IV_BYTES = 12;
export const TAG_BYTES = 16;

/* Sealed along with a message without being in it, so that a server cannot present it as another's,
 * to another, or in another room. */
function parameters(iv, { room, from, to }) {
  return {
    name: 'AES-GCM',
    iv,
    additionalData: utf8(`duologue/1|${room}|${from}|${to ?? ''}`),
    tagLength: TAG_BYTES * 8,
  };
}

export function importSealKey(bytes) {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** Seals a text with AES-256-GCM; gives the cipher text and behind it the tag. */
export async function seal(key, iv, context, plainText) {
  const data = await crypto.subtle.encrypt(parameters(iv, context), key, utf8(plainText));
  return new Uint8Array(data);
}

/** Opens what seal() sealed; gives the bytes of the text. */
export async function open(key, iv, context, data) {
  if (iv.length !== IV_BYTES || data.length < TAG_BYTES)
    refuse('seal', 'A sealed message is too short');
  try {
    return new Uint8Array(await crypto.subtle.decrypt(parameters(iv, context), key, data));
  } catch {
    return refuse('seal', 'A sealed message does not open');
  }
}
