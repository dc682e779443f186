// SPDX-License-Identifier: GPL-3.0-or-later

/* What the server gets to see of a call with the shipped page, byte by byte, and how it sends it. */

import assert from 'node:assert/strict';

import { Guest } from './guest.mjs';
import { App } from './programs.mjs';
import { Recorder } from './recorder.mjs';
import { runSuite } from './suite.mjs';
import { until } from './wait.mjs';

const { deriveRoomKeys } = await import('../../src/web/protocol/room-keys.js');

async function seesNothing({ server, browsers, newCode }) {
  const recorder = await Recorder.start(server.port);
  const code = newCode();
  const link = `http://localhost:${recorder.port}/call#${code}`;
  const app = new App(link, { name: 'Countess Lovelace' });
  const guest = await Guest.open(browsers.chromium, link);
  await guest.join('Admiral Hopper');
  await guest.reaches('connected');
  await guest.seesAndHears();
  await guest.toggle('Microphone');
  await app.until('a muted microphone', (report) => report.remoteMicrophone === false);
  await guest.hangUp();
  await app.exited;
  await guest.close();

  const { requests, frames } = recorder.received;
  recorder.stop();
  const sealed = frames.map((text) => (text.startsWith('{') ? JSON.parse(text) : {}));
  assert.ok(sealed.filter(({ type }) => type === 'sealed').length >= 8, 'a call went through');
  for (const { type } of sealed) assert.ok([undefined, 'sealed', 'ping'].includes(type), type);

  const symbols = code.replaceAll('-', '');
  const { sealKey } = await deriveRoomKeys(symbols);
  const secrets = {
    code,
    symbols,
    'seal key in hex': Buffer.from(sealKey).toString('hex'),
    'seal key in base64': Buffer.from(sealKey).toString('base64'),
    name: 'Lovelace',
    'other name': 'Hopper',
    description: 'a=fingerprint',
    candidate: 'candidate:',
    user: 'ice-ufrag',
  };
  const everything = [...requests, ...frames].join('\n').toLowerCase();
  for (const [what, secret] of Object.entries(secrets))
    assert.ok(!everything.includes(secret.toLowerCase()), `the server saw the ${what}`);
  assert.ok(requests.some((request) => request.startsWith('GET /call ')));
  for (const request of requests) assert.doesNotMatch(request, /^Referer:.*#/im);
}

async function headers({ server }) {
  const page = await fetch(`${server.origin}/call`);
  const policy = page.headers.get('content-security-policy');
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type'), /^text\/html/);
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self';/);
  assert.doesNotMatch(policy, /unsafe|\*|http|data:/);
  assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
  assert.equal(page.headers.get('x-content-type-options'), 'nosniff');
  assert.match(page.headers.get('permissions-policy'), /camera=\(self\).*geolocation=\(\)/);

  const html = await page.text();
  const paths = [...html.matchAll(/(?:href|src)="(\/[^"]*)"/g)].map(([, path]) => path);
  const types = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' };
  assert.ok(paths.length > 20);
  for (const path of ['/call', ...paths]) {
    const response = await fetch(server.origin + path);
    const etag = response.headers.get('etag');
    const wanted = types[path.split('.').at(-1)] ?? 'text/html';
    assert.equal(response.status, 200, path);
    assert.ok(response.headers.get('content-type').startsWith(wanted), path);
    const ask = (tag) => fetch(server.origin + path, { headers: { 'If-None-Match': tag } });
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*'])
      assert.equal((await ask(tag)).status, 304, `${path} ${tag}`);
    assert.equal((await ask('"other"')).status, 200);
  }
  for (const path of ['/call/', '/call/nothing.js', '/call/package.json', '/calls'])
    assert.equal((await fetch(server.origin + path)).status, 404, path);
  assert.equal((await fetch(`${server.origin}/call`, { method: 'POST' })).status, 405);
}

/* The browser is asked for everything once, and for nothing from elsewhere. */
async function loadsNothingElse({ server, browsers, newCode }) {
  const guest = await Guest.open(browsers.chromium, 'about:blank');
  const urls = [];
  guest.page.on('request', (request) => urls.push(request.url()));
  await guest.page.goto(server.link(newCode()));
  await until('the page', () => guest.page.$('.lobby'));
  assert.ok(urls.length > 20);
  for (const url of urls) assert.ok(url.startsWith(`${server.origin}/`), url);
  const scripts = urls.filter((url) => url.endsWith('.js'));
  assert.equal(new Set(scripts).size, scripts.length, 'a module was asked for twice');
  await guest.close();
}

await runSuite(['chromium'], {
  'the server sees nothing': seesNothing,
  headers,
  'nothing from elsewhere': loadsNothingElse,
});
