// SPDX-License-Identifier: GPL-3.0-or-later

import { fromBase64 } from './bytes.js';
import { refuse } from './refusal.js';
import { isId, isPlainText, isPrintableAscii, utf8 } from './text.js';

/* Readers of the fields of an object that parseJson() made. Each gives the value, or refuses. */

function wrong(name, what) {
  return refuse('message', `Field "${name}" ${what}`);
}

/** Browsers write null for what is not there. */
export function has(object, name) {
  return object[name] !== undefined && object[name] !== null;
}

export function string(object, name, maxBytes = Infinity) {
  const value = object[name];
  if (typeof value !== 'string') wrong(name, 'is no string');
  if (maxBytes !== Infinity && utf8(value).length > maxBytes) wrong(name, 'is too long');
  return value;
}

export function plainText(object, name, maxChars) {
  const value = string(object, name);
  if (!isPlainText(value, maxChars)) wrong(name, 'is too long or has control characters');
  return value;
}

export function ascii(object, name, maxChars) {
  const value = string(object, name, maxChars);
  if (!isPrintableAscii(value)) wrong(name, 'is not printable ASCII');
  return value;
}

export function id(object, name, minChars) {
  const value = string(object, name);
  if (!isId(value, minChars)) wrong(name, 'is no id');
  return value;
}

export function integer(object, name, min, max = Number.MAX_SAFE_INTEGER) {
  const value = object[name];
  if (!Number.isInteger(value) || value < min || value > max) wrong(name, 'is out of range');
  return value;
}

export function boolean(object, name) {
  const value = object[name];
  if (typeof value !== 'boolean') wrong(name, 'is neither true nor false');
  return value;
}

export function bytes(object, name, minBytes, maxBytes = minBytes) {
  const value = fromBase64(string(object, name));
  if (value === null) wrong(name, 'is no base64');
  if (value.length < minBytes || value.length > maxBytes) wrong(name, 'has a wrong size');
  return value;
}

export function object(parent, name) {
  const value = parent[name];
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    wrong(name, 'is no object');
  return value;
}

export function array(parent, name, maxElements) {
  const value = parent[name];
  if (!Array.isArray(value) || value.length > maxElements) wrong(name, 'is no array, or too long');
  return value;
}

export function choice(parent, name, choices) {
  const value = string(parent, name);
  if (!choices.includes(value)) wrong(name, 'has an unknown value');
  return value;
}
