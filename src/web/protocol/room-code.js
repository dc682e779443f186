// SPDX-License-Identifier: GPL-3.0-or-later

import { refuse } from './refusal.js';

/* Crockford's base32: no i, l, o (read as 1, 1, 0) and no u. */
export const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const CODE_SYMBOLS = 12;

/* What a person may write between the symbols without meaning anything by it. */
const FILLER = /[\p{Zs}\p{Pd}\u2212\u00ad]/gu;

/* Luhn mod 32; the check symbol stands rightmost with factor 1. */
function checkSymbol(symbols) {
  let sum = 0;
  let factor = 2;
  for (let i = CODE_SYMBOLS - 2; i >= 0; i--) {
    const x = factor * ALPHABET.indexOf(symbols[i]);
    sum += Math.floor(x / 32) + (x % 32);
    factor = 3 - factor;
  }
  return ALPHABET[(32 - (sum % 32)) % 32];
}

/** Reads a room code as people type it; gives its 12 symbols in lower case. */
export function parseRoomCode(text) {
  const stripped = text.replace(FILLER, '');
  /* Only of ASCII letters: toLowerCase() turns the Kelvin sign into a k. */
  const symbols = stripped
    .replace(/[A-Z]/g, (c) => c.toLowerCase())
    .replace(/[il]/g, '1')
    .replace(/o/g, '0');
  if (symbols.length !== CODE_SYMBOLS || [...symbols].some((c) => !ALPHABET.includes(c)))
    refuse('code', 'A code has 12 letters and digits');
  if (symbols.at(-1) !== checkSymbol(symbols))
    refuse('code-mistyped', 'The code has a typing mistake');
  return symbols;
}

export function formatRoomCode(symbols) {
  return `${symbols.slice(0, 4)}-${symbols.slice(4, 8)}-${symbols.slice(8)}`;
}
