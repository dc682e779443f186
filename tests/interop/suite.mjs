// SPDX-License-Identifier: GPL-3.0-or-later

/* What every interop test begins and ends with. */

import { webcrypto } from 'node:crypto';

import { Plan } from '../web/tap.mjs';
import { isInstalled, launch } from './browser.mjs';
import { RoomServer } from './programs.mjs';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A fresh room code. */
export function newCode() {
  const random = webcrypto.getRandomValues(new Uint8Array(11));
  const values = [...random].map((byte) => byte & 31);
  let sum = 0;
  [...values].reverse().forEach((value, i) => {
    const x = value * (i % 2 === 0 ? 2 : 1);
    sum += Math.floor(x / 32) + (x % 32);
  });
  const symbols = [...values, (32 - (sum % 32)) % 32].map((value) => ALPHABET[value]).join('');
  return symbols.replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3');
}

/** Runs `tests` (name → function of a fixture) with one server and the browsers of these names. */
export async function runSuite(browserNames, tests) {
  if (!isInstalled) {
    console.log('1..0 # SKIP build-aux/test installs what this needs from npm');
    return;
  }
  const plan = new Plan();
  const fixture = { server: await RoomServer.start(), browsers: {}, newCode };
  try {
    const names = [...new Set(browserNames)];
    const started = await Promise.all(names.map((name) => launch(name)));
    names.forEach((name, i) => (fixture.browsers[name] = started[i]));
    const wanted = process.env.DUO_ONLY;
    for (const [name, test] of Object.entries(tests)) {
      if (wanted === undefined || name.includes(wanted)) await plan.run(name, () => test(fixture));
    }
  } finally {
    for (const browser of Object.values(fixture.browsers)) await browser.close();
    await fixture.server.stop();
  }
  plan.finish();
  process.exit();
}
