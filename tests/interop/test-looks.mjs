// SPDX-License-Identifier: GPL-3.0-or-later

/* Every view in both colour schemes, three widths and two languages: nothing sticks out, axe-core
 * finds no barrier, and the pictures are there to be looked at (DUO_SCREENSHOTS). */

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { checkAccessibility } from './axe.mjs';
import { Guest } from './guest.mjs';
import { runSuite } from './suite.mjs';
import { until } from './wait.mjs';

const folder = process.env.DUO_SCREENSHOTS;
const SIZES = [
  { width: 360, height: 740 },
  { width: 800, height: 600 },
  { width: 1280, height: 800 },
];

/* What sticks out of the window, or is too small to be hit with a finger, once the page has become as
 * wide as it is to be and nothing moves but what turns for ever. */
function findFaults(width) {
  const faults = [];
  const { clientWidth, scrollWidth } = document.documentElement;
  const isMoving = ({ playState, effect }) =>
    playState === 'running' && effect.getTiming().iterations !== Infinity;
  if (innerWidth !== width) faults.push(`not ${width} px wide`);
  if (document.getAnimations().some(isMoving)) faults.push('moves');
  if (scrollWidth > clientWidth) faults.push(`${scrollWidth} px wide`);
  for (const element of document.querySelectorAll('button, a, select, input, h1, .avatar')) {
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    if (box.left < 0 || box.right > clientWidth + 1)
      faults.push(`sticks out: ${element.outerHTML.slice(0, 120)}`);
    if (element.matches('button, a') && Math.min(box.width, box.height) < 24)
      faults.push(`too small: ${element.outerHTML.slice(0, 120)}`);
  }
  return faults;
}

async function checkFaults(page, width, name) {
  let faults;
  const look = async () => (faults = await page.evaluate(findFaults, width)).length === 0;
  try {
    await until(`no faults in ${name}`, look);
  } catch (error) {
    error.message += ` (${faults?.join('; ')})`;
    throw error;
  }
}

async function look(page, name) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    for (const size of SIZES) {
      await page.setViewport(size);
      await checkFaults(page, size.width, name);
      if (folder === undefined) continue;
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: join(folder, `${name}-${size.width}-${scheme}.png`) });
    }
    await checkAccessibility(page, `${name} ${scheme}`);
  }
}

async function views({ server, browsers, newCode }, prefix, prepare, names) {
  const link = server.link(newCode());
  const guest = await Guest.open(browsers.chromium, link, { prepare });
  await until('the camera', () => guest.page.evaluate(() => document.querySelector('.cover').hidden));
  await until('the server', () =>
    guest.page.evaluate(() => document.querySelector('.stage [role=status]').textContent !== ''),
  );
  await look(guest.page, `${prefix}lobby`);
  await guest.join(names[0]);
  await guest.reaches('waiting');
  await look(guest.page, `${prefix}waiting`);

  const other = await Guest.open(browsers.chromium, link);
  await other.join(names[1]);
  await guest.reaches('connected');
  await guest.seesAndHears();
  await guest.safetyWords();
  await look(guest.page, `${prefix}call`);
  await guest.click('.top .flat');
  await look(guest.page, `${prefix}safety`);
  await guest.click('.call-bar [aria-controls=more]');
  await look(guest.page, `${prefix}devices`);
  await guest.click('.call-bar [aria-controls=more]');
  await other.toggle('Camera');
  await other.toggle('Microphone');
  await guest.click('.call-bar .switch[aria-pressed=true]:nth-child(2)');
  await until('the other camera off', () =>
    guest.page.evaluate(() => !document.querySelector('.camera-off').hidden),
  );
  await look(guest.page, `${prefix}camera-off`);
  await other.close();
  await guest.reaches('reconnecting');
  await look(guest.page, `${prefix}reconnecting`);
  await guest.click('.call-bar .hang-up');
  await guest.reaches('ended');
  await look(guest.page, `${prefix}ended`);
  await guest.close();
}

function english(fixture) {
  return views(fixture, '', null, ['Ada Lovelace', 'Grace Hopper']);
}

function german(fixture) {
  const speakGerman = () =>
    Object.defineProperty(Navigator.prototype, 'languages', { get: () => ['de-DE', 'de'] });
  return views(fixture, 'de-', speakGerman, [
    'Maximiliane Freifrau von Hohenlohe-Schillingsfürst',
    'Karl-Theodor Maria Nikolaus Johann Jacob Philipp Franz Joseph',
  ]);
}

async function notices({ server, browsers }) {
  const bare = await Guest.open(browsers.chromium, `${server.origin}/call`);
  await bare.find('.status-page');
  await look(bare.page, 'no-code');
  await bare.close();
}

/* Everything that can be pressed can be reached and seen to be reached. */
async function keyboard({ server, browsers, newCode }) {
  const guest = await Guest.open(browsers.chromium, server.link(newCode()));
  await guest.find('#name');
  const reached = new Set();
  for (let i = 0; i < 20; i++) {
    await guest.page.keyboard.press('Tab');
    reached.add(
      await guest.page.evaluate(() => {
        const { activeElement } = document;
        return activeElement.getAttribute('aria-label') ?? activeElement.id ?? '';
      }),
    );
  }
  for (const wanted of ['Microphone', 'Camera', 'name']) assert.ok(reached.has(wanted), wanted);
  await guest.page.keyboard.down('Control');
  await guest.page.keyboard.press('e');
  await guest.page.keyboard.up('Control');
  await guest.reads('.cover-title', /Your camera is off/);
  await guest.page.focus('.lobby button[type=submit]');
  await guest.page.keyboard.press('Enter');
  await guest.reaches('waiting');
  await guest.page.keyboard.press('Enter');
  await guest.reaches('ended');
  await guest.close();
}

await runSuite(['chromium'], {
  'all views': english,
  'all views in German': german,
  notices,
  keyboard,
});
