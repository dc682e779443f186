// SPDX-License-Identifier: GPL-3.0-or-later

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const WEB = fileURLToPath(new URL('../../src/web/', import.meta.url));

/* A string in single quotes, or several joined by +. */
const LITERAL = String.raw`'(?:[^'\\\n]|\\.)*'`;
const CALL = new RegExp(String.raw`\bN?_\(\s*(${LITERAL}(?:\s*\+\s*${LITERAL})*)\s*[,)]`, 'g');

/** The paths of all modules below src/web, relative to it. */
export function modules() {
  return readdirSync(WEB, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.js'))
    .sort();
}

/** Every sentence of the page that is to be translated. */
export function translatable() {
  const found = new Set();
  for (const name of modules()) {
    const source = readFileSync(join(WEB, name), 'utf8');
    for (const [, literals] of source.matchAll(CALL)) {
      const parts = literals.match(new RegExp(LITERAL, 'g'));
      found.add(parts.map((part) => part.slice(1, -1).replaceAll("\\'", "'")).join(''));
    }
  }
  return found;
}
