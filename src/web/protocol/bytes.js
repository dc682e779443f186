// SPDX-License-Identifier: GPL-3.0-or-later

export function toBase64(bytes) {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

/** RFC 4648 section 4 with padding, and only as an encoder would write it; null for all else. */
export function fromBase64(text) {
  let binary;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (btoa(binary) !== text) return null;
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}

export function fromHex(text) {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Takes as long for equal as for different bytes. */
export function equalBytes(a, b) {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let i = 0; i < a.length; i++) difference |= a[i] ^ b[i];
  return difference === 0;
}

export function randomBytes(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** 128 random bits as 22 symbols: a PEER or a SECRET. */
export function randomId() {
  return toBase64(randomBytes(16)).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
}
