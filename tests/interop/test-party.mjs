// SPDX-License-Identifier: GPL-3.0-or-later

/* Browsers and the app in calls through the PartyKit room, which serves the page too. */

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { startPartyKit } from '../server/conformance/servers.mjs';
import { Plan } from '../web/tap.mjs';
import { launch } from './browser.mjs';
import { Guest } from './guest.mjs';
import { App } from './programs.mjs';
import { newCode } from './suite.mjs';

const PARTY = fileURLToPath(new URL('../../src/party', import.meta.url));

async function withApp(browser, link) {
  const app = new App(link);
  const guest = await Guest.open(browser, link);
  await guest.join('Bob');
  await guest.reaches('connected');
  await app.until('connected', (report) => report.state === 'connected');
  await guest.seesAndHears();
  await app.until('frames', (report) => report.framesDecoded > 10);
  await app.until('pictures', (report) => report.emoji !== undefined);
  assert.deepEqual(app.last.emoji, await guest.safetyWords());
  await app.hangUp();
  await guest.reads('.ended', /Ada left\./);
  await guest.close();
}

async function withEachOther(first, second, link) {
  const ann = await Guest.open(first, link);
  const bob = await Guest.open(second, link);
  await ann.join('Ann');
  await bob.join('Bob');
  for (const guest of [ann, bob]) await guest.reaches('connected');
  for (const guest of [ann, bob]) await guest.seesAndHears();
  assert.deepEqual(await ann.safetyWords(), await bob.safetyWords());
  await ann.hangUp();
  await bob.reads('.ended', /Ann left\./);
  await ann.close();
  await bob.close();
}

const plan = new Plan();
const server = await startPartyKit(PARTY, {});
const link = () => `http://localhost:${server.port}/call#${newCode()}`;
const [chromium, firefox] = await Promise.all(['chromium', 'firefox'].map((name) => launch(name)));
try {
  await plan.run('the app and Chromium', () => withApp(chromium, link()));
  await plan.run('the app and Firefox', () => withApp(firefox, link()));
  await plan.run('Chromium and Firefox', () => withEachOther(chromium, firefox, link()));
} finally {
  for (const browser of [chromium, firefox]) await browser.close();
  await server.stop();
}
plan.finish();
process.exit();
