// SPDX-License-Identifier: GPL-3.0-or-later

export const NAME_MAX_CHARS = 64;

/* What could reorder or break up the line of text around it. */
const NOT_PLAIN = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
const NOT_PLAIN_ALL = new RegExp(NOT_PLAIN.source, 'gu');

const encoder = new TextEncoder();

export function utf8(text) {
  return encoder.encode(text);
}

/** Whether a text may be shown as one line of at most so many code points. */
export function isPlainText(text, maxChars) {
  return text.isWellFormed?.() !== false && !NOT_PLAIN.test(text) && [...text].length <= maxChars;
}

/** Makes of anything a text that isPlainText() accepts. */
export function toPlainText(text, maxChars) {
  const plain = String(text ?? '').replace(NOT_PLAIN_ALL, '').trim();
  return [...plain].slice(0, maxChars).join('').trim();
}

export function isPrintableAscii(text) {
  return /^[ -~]*$/.test(text);
}

export function isId(text, minChars, maxChars = 64) {
  return /^[A-Za-z0-9_-]*$/.test(text) && text.length >= minChars && text.length <= maxChars;
}
