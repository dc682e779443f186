// SPDX-License-Identifier: GPL-3.0-or-later

import { refuse } from './refusal.js';

const MAX_DEPTH = 16;
const ESCAPES = { '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/* An own parser for RFC 8259, as JSON.parse() takes duplicate names, U+0000, lone surrogates and
 * numbers that do not come out as they went in. */
class Parser {
  constructor(text) {
    this.text = text;
    this.at = 0;
    this.depth = 0;
  }

  fail(what) {
    refuse('json', `${what} at ${this.at}`);
  }

  peek() {
    return this.text[this.at];
  }

  skipSpace() {
    while (' \t\n\r'.includes(this.peek() ?? 'x')) this.at++;
  }

  take(word) {
    if (!this.text.startsWith(word, this.at)) return false;
    this.at += word.length;
    return true;
  }

  takeHex4() {
    const digits = this.text.slice(this.at, this.at + 4);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail('No hexadecimal number');
    this.at += 4;
    return parseInt(digits, 16);
  }

  unicodeEscape() {
    const unit = this.takeHex4();
    if (unit === 0) this.fail('U+0000');
    if (unit < 0xd800 || unit > 0xdfff) return String.fromCharCode(unit);
    if (unit > 0xdbff || !this.take('\\u')) this.fail('A lone surrogate');
    const low = this.takeHex4();
    if (low < 0xdc00 || low > 0xdfff) this.fail('A lone surrogate');
    return String.fromCharCode(unit, low);
  }

  escape() {
    const c = this.peek();
    this.at++;
    if (c === 'u') return this.unicodeEscape();
    if (c === undefined || !Object.hasOwn(ESCAPES, c)) this.fail('An unknown escape');
    return ESCAPES[c];
  }

  string() {
    let out = '';
    if (!this.take('"')) this.fail('No string');
    for (;;) {
      const start = this.at;
      while (this.at < this.text.length && this.peek() >= ' ' && !'"\\'.includes(this.peek()))
        this.at++;
      out += this.text.slice(start, this.at);
      if (this.take('"')) return out;
      if (!this.take('\\')) this.fail('A string without end or with a control character');
      out += this.escape();
    }
  }

  number() {
    const negative = this.take('-');
    const digits = /^(0|[1-9][0-9]*)/.exec(this.text.slice(this.at, this.at + 32))?.[0];
    if (digits === undefined) this.fail('No value');
    this.at += digits.length;
    if (/[0-9.eE]/.test(this.peek() ?? '')) this.fail('A number that is no integer');
    if (Number(digits) > Number.MAX_SAFE_INTEGER) this.fail('A number too large');
    return negative ? -Number(digits) : Number(digits);
  }

  enter() {
    this.at++;
    if (++this.depth > MAX_DEPTH) this.fail('Nested too deep');
    this.skipSpace();
  }

  object() {
    /* Without a prototype, so that "__proto__" is a name like any other. */
    const object = Object.create(null);
    if (this.peek() !== '{') this.fail('No object');
    this.enter();
    if (!this.take('}')) {
      do {
        this.skipSpace();
        const name = this.string();
        if (name in object) this.fail('A duplicate name');
        this.skipSpace();
        if (!this.take(':')) this.fail('No colon');
        object[name] = this.value();
        this.skipSpace();
      } while (this.take(','));
      if (!this.take('}')) this.fail('An object without end');
    }
    this.depth--;
    return object;
  }

  array() {
    const array = [];
    this.enter();
    if (!this.take(']')) {
      do {
        array.push(this.value());
        this.skipSpace();
      } while (this.take(','));
      if (!this.take(']')) this.fail('An array without end');
    }
    this.depth--;
    return array;
  }

  value() {
    this.skipSpace();
    switch (this.peek()) {
      case '{':
        return this.object();
      case '[':
        return this.array();
      case '"':
        return this.string();
      default:
        if (this.take('true')) return true;
        if (this.take('false')) return false;
        if (this.take('null')) return null;
        return this.number();
    }
  }

  document() {
    this.skipSpace();
    const object = this.object();
    this.skipSpace();
    if (this.at !== this.text.length) this.fail('Something behind the object');
    return object;
  }
}

function decode(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse('json', 'No UTF-8');
  }
}

/**
 * Reads one JSON object, strictly: nested at most 16 deep, without U+0000, lone surrogates or
 * duplicate names; every number an integer within ±(2^53 − 1) without fraction or exponent.
 */
export function parseJson(input) {
  const text = typeof input === 'string' ? input : decode(input);
  if (/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text))
    refuse('json', 'A lone surrogate');
  return new Parser(text).document();
}
