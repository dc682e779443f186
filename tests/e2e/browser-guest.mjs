// SPDX-License-Identifier: GPL-3.0-or-later

/* A guest in Chromium, who does what the lines on standard input say, and answers each with a line.
 * Argument: the link. */

import { createInterface } from 'node:readline';

import { launch } from '../interop/browser.mjs';
import { Guest } from '../interop/guest.mjs';

const browser = await launch('chromium');
const guest = await Guest.open(browser, process.argv[2]);

const COMMANDS = {
  join: () => guest.join('Bob'),
  'see and hear': () => guest.seesAndHears(),
  camera: () => guest.toggle('Camera'),
  share: () => guest.toggle('Share Screen'),
  'stop sharing': () => guest.click('.sharing button'),
  words: () => guest.safetyWords(),
  leave: () => guest.hangUp(),
};

console.log('"ready"');
for await (const line of createInterface({ input: process.stdin })) {
  try {
    console.log(JSON.stringify((await COMMANDS[line]()) ?? 'done'));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
await browser.close();
process.exit();
