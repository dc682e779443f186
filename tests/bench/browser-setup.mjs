// SPDX-License-Identifier: GPL-3.0-or-later

/* How long it takes from the click on Join until the other's first frame is shown, in a browser: with
 * the app at the other end, and with the same browser. Not a test: figures of a busy machine say
 * nothing. Run by build-aux/bench, or by hand after build-aux/test has installed what it needs from
 * npm:
 *
 *   DUO_NODE_MODULES=tests/interop/node_modules DUO_SERVER=BUILD/src/server/duologue-server \
 *     DUO_CLI=BUILD/src/cli/duologue-cli node tests/bench/browser-setup.mjs [CALLS]
 */

import { resolve } from 'node:path';

process.env.DUO_NODE_MODULES = resolve(process.env.DUO_NODE_MODULES);

const { launch } = await import('../interop/browser.mjs');
const { Guest } = await import('../interop/guest.mjs');
const { App, RoomServer } = await import('../interop/programs.mjs');
const { newCode } = await import('../interop/suite.mjs');

const calls = Number(process.argv[2] ?? 10);

/* Runs in the page: from the click to the first frame that is on the screen. */
function clickAndMeasure() {
  return new Promise((resolve) => {
    const start = performance.now();
    document.querySelector('.lobby button[type=submit]').click();
    document
      .querySelector('video.remote')
      .requestVideoFrameCallback((now) => resolve(now - start));
  });
}

async function guestJoins(browser, link) {
  const guest = await Guest.open(browser, link);
  await guest.reads('.stage h1', /Somebody Is Waiting for You/);
  const time = await guest.page.evaluate(clickAndMeasure);
  await guest.hangUp();
  await guest.close();
  return time;
}

async function withApp(browser, link) {
  const app = new App(link);
  await app.until('waiting', (report) => report.state === 'waiting');
  const time = await guestJoins(browser, link);
  await app.exited;
  return time;
}

async function withItself(browser, link) {
  const other = await Guest.open(browser, link);
  await other.join('Ada');
  await other.reaches('waiting');
  const time = await guestJoins(browser, link);
  await other.close();
  return time;
}

async function series(measure, browser, server) {
  const times = [];
  for (let i = 0; i < calls; i++) times.push(await measure(browser, server.link(newCode())));
  times.sort((a, b) => a - b);
  const at = (share) => Math.round(times[Math.min(Math.floor(share * calls), calls - 1)]);
  return [at(0), at(0.5), at(0.9), at(1)];
}

const ROWS = [
  ['app ↔ Chromium', 'chromium', withApp],
  ['Chromium ↔ Chromium', 'chromium', withItself],
  ['app ↔ Firefox', 'firefox', withApp],
  ['Firefox ↔ Firefox', 'firefox', withItself],
];

const server = await RoomServer.start();
console.log(`From Join to the first frame, ms, ${calls} calls each\n`);
console.log('                      least  median     p90    most');
try {
  for (const [name, browserName, measure] of ROWS) {
    const browser = await launch(browserName);
    try {
      const row = await series(measure, browser, server);
      console.log(name.padEnd(20) + row.map((time) => String(time).padStart(8)).join(''));
    } finally {
      await browser.close();
    }
  }
} finally {
  await server.stop();
}
