// SPDX-License-Identifier: GPL-3.0-or-later

/* Two browsers in a call with each other, through the page and duologue-server. */

import assert from 'node:assert/strict';

import { Guest } from './guest.mjs';
import { RoomServer } from './programs.mjs';
import { runSuite } from './suite.mjs';
import { until } from './wait.mjs';

/* Opens the page twice; the call is up when this returns. */
async function call({ server, browsers, newCode }, other = 'chromium', options = {}) {
  const link = server.link(newCode());
  const ada = await Guest.open(browsers.chromium, link, options.ada);
  await ada.join('Ada');
  await ada.reaches('waiting');
  const bob = await Guest.open(browsers[other], link, options.bob);
  await bob.join('Bob');
  return { link, ada, bob };
}

async function bothConnected({ ada, bob }) {
  await ada.reaches('connected');
  await bob.reaches('connected');
}

async function end({ ada, bob }) {
  await ada.close();
  await bob.close();
}

async function talk(fixture, other) {
  const pair = await call(fixture, other);
  const { ada, bob } = pair;
  await bothConnected(pair);
  await ada.seesAndHears();
  await bob.seesAndHears();
  await ada.reads('.top .name', /^Bob$/);
  await bob.reads('.top .name', /^Ada$/);
  assert.deepEqual(await ada.safetyWords(), await bob.safetyWords());

  await ada.toggle('Microphone');
  await bob.reads('.notices', /Ada’s microphone is off/);
  await ada.toggle('Camera');
  await bob.reads('.camera-off', /Ada’s camera is off/);
  await bob.toggle('Camera');
  await ada.reads('.camera-off', /Bob’s camera is off/);
  await ada.toggle('Camera');
  await bob.reads('[role=status]', /^Connected to Ada\. Ada’s microphone is off$/);

  await bob.hangUp();
  await ada.reads('.ended', /Call Ended.*Bob left\./);
  await bob.reads('.ended', /You left\./);
  await end(pair);
}

async function shareScreen(fixture) {
  const pair = await call(fixture);
  const { ada, bob } = pair;
  await bothConnected(pair);
  await ada.toggle('Camera');
  await bob.reads('.camera-off', /Ada’s camera is off/);
  await ada.toggle('Share Screen');
  await ada.reads('.notices', /You are sharing your screen/);
  const before = (await bob.measure()).framesDecoded;
  await until('frames of the screen', async () => (await bob.measure()).framesDecoded > before + 3);
  await until('no word of a camera that is off', () =>
    bob.page.$eval('.camera-off', (element) => element.hidden),
  );
  await ada.click('.sharing button');
  await bob.reads('.camera-off', /Ada’s camera is off/);
  await ada.hangUp();
  await bob.reaches('ended');
  await end(pair);
}

/* The other camera and the other microphone, in front of the same connection. */
async function switchDevices(fixture) {
  const pair = await call(fixture);
  const { ada, bob } = pair;
  await bothConnected(pair);
  await ada.seesAndHears();
  await bob.click('.call-bar [aria-controls=more]');
  const chosen = () =>
    bob.page.evaluate(() =>
      globalThis.connectionsOfTest
        .at(-1)
        .getSenders()
        .map(({ track }) => track?.label),
    );
  const before = await chosen();
  for (const kind of ['camera', 'microphone'])
    await bob.page.$eval(`#more select[id*=${kind}]`, (select) => {
      select.selectedIndex = select.options.length - 1;
      select.dispatchEvent(new Event('change'));
    });
  await until('other devices', async () => {
    const after = await chosen();
    return after.length === 2 && after.every((label, i) => label && label !== before[i]);
  });
  const { framesDecoded, audioEnergy } = await ada.measure();
  await until('picture and sound of the other devices', async () => {
    const now = await ada.measure();
    return now.framesDecoded > framesDecoded + 10 && now.audioEnergy > audioEnergy;
  });
  assert.equal(await bob.page.evaluate(() => globalThis.connectionsOfTest.length), 1);
  await bob.hangUp();
  await ada.reaches('ended');
  await end(pair);
}

/* Loads the page again in a call: its seat is its own, and the other is back at once. */
async function reload(fixture) {
  const pair = await call(fixture);
  const { ada, bob } = pair;
  await bothConnected(pair);
  const words = await ada.safetyWords();
  await bob.page.reload();
  await ada.reaches('reconnecting');
  await bob.join('Bob');
  await bothConnected(pair);
  await ada.seesAndHears();
  await bob.seesAndHears();
  const renewed = await bob.safetyWords();
  await until('new pictures', async () => (await ada.safetyWords()).join() === renewed.join());
  assert.notDeepEqual(renewed, words);
  await bob.hangUp();
  await ada.reaches('ended');
  await end(pair);
}

/* The call goes on without the server, and hanging up still arrives. */
async function restart(fixture) {
  const pair = await call(fixture);
  const { ada, bob } = pair;
  const { server } = fixture;
  await bothConnected(pair);
  await server.stop();
  const before = (await ada.measure()).framesDecoded;
  await until('frames', async () => (await ada.measure()).framesDecoded > before + 20);
  assert.equal(await ada.state, 'connected');
  await server.start();
  await until('both in the room again', async () => {
    const health = await (await fetch(`${server.origin}/health`)).json();
    return health.connections >= 2;
  });
  assert.equal(await ada.state, 'connected');
  assert.equal(await bob.state, 'connected');
  assert.equal(await ada.page.evaluate(() => globalThis.connectionsOfTest.length), 1);
  await ada.hangUp();
  await bob.reaches('ended');
  for (const guest of [ada, bob]) guest.forgiveServer();
  await end(pair);
}

/* One side loses its connection: a new epoch, tied to the first by the resume proof. */
async function rebuild(fixture) {
  const pair = await call(fixture);
  await bothConnected(pair);
  const { ada, bob } = pair;
  await ada.seesAndHears();
  const words = await ada.safetyWords();
  for (const [side, n] of [
    [ada, 2],
    [bob, 3],
  ]) {
    await side.page.evaluate(() => globalThis.connectionsOfTest.at(-1).close());
    await until('a new connection', () =>
      side.page.evaluate((count) => globalThis.connectionsOfTest.length >= count, n),
    );
    await bothConnected(pair);
    await ada.seesAndHears();
    await bob.seesAndHears();
    assert.deepEqual(await ada.safetyWords(), words);
    assert.deepEqual(await bob.safetyWords(), words);
    assert.equal(await ada.page.$eval('.safety .warning', (element) => element.hidden), true);
  }
  await bob.hangUp();
  await ada.reaches('ended');
  await end(pair);
}

/* Makes the page believe that the other announced another certificate. */
function forgeFingerprint() {
  const original = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    const sdp = description.sdp.replace(
      /(a=fingerprint:sha-256 )(..)/g,
      (whole, head, byte) => head + (byte === '00' ? '01' : '00'),
    );
    return original.call(this, { type: description.type, sdp });
  };
}

async function wrongFingerprint(fixture) {
  const pair = await call(fixture, 'chromium', { bob: { prepare: forgeFingerprint } });
  const { ada, bob } = pair;
  await bob.reads('.ended', /Not Safe to Go On/);
  assert.equal((await bob.measure()).framesDecoded, 0);
  await ada.reaches('ended');
  await end(pair);
}

async function wrongCode(fixture) {
  const { server, browsers, newCode } = fixture;
  const ada = await Guest.open(browsers.chromium, server.link(newCode()));
  const bob = await Guest.open(browsers.chromium, server.link(newCode()));
  await ada.join('Ada');
  await bob.join('Bob');
  await ada.reads('.call-status', /Waiting for Somebody to Join/);
  await bob.reads('.call-status', /Waiting for Somebody to Join/);
  await end({ ada, bob });

  const code = newCode();
  const last = code.endsWith('0') ? '1' : '0';
  const mistyped = await Guest.open(browsers.chromium, server.link(code.slice(0, -1) + last));
  await mistyped.reads('h1', /The Code Has a Typing Mistake/);
  await mistyped.close();
  const bare = await Guest.open(browsers.chromium, `${server.origin}/call`);
  await bare.reads('h1', /There Is No Call in This Link/);
  await bare.close();
}

async function full(fixture) {
  const pair = await call(fixture);
  await bothConnected(pair);
  const eve = await Guest.open(fixture.browsers.chromium, pair.link);
  await eve.reads('h1', /The Call Is Full/);
  await eve.join('Eve');
  await eve.reads('.call-status', /Room Full/);
  await pair.bob.hangUp();
  await pair.ada.reaches('ended');
  await eve.reads('.call-status', /Waiting for Somebody/);
  await end(pair);
  await eve.close();
}

/* Without devices, without permission, without WebRTC: said in place, and no reason not to join
 * where there can be a call. */
async function obstacles(fixture) {
  const { server, browsers, newCode } = fixture;
  const link = server.link(newCode());
  const refuse = (name) => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', name));
  };
  const ada = await Guest.open(browsers.chromium, link, {
    prepare: refuse,
    value: 'NotAllowedError',
  });
  await ada.reads('.cover', /No permission to use the camera/);
  const bob = await Guest.open(browsers.chromium, link, {
    prepare: refuse,
    value: 'NotFoundError',
  });
  await bob.reads('.cover', /No camera found/);
  await bob.reads('.list:last-of-type', /No microphone found/);
  await ada.join('Ada');
  await bob.join('Bob');
  await bothConnected({ ada, bob });
  await bob.reads('.camera-off', /Ada’s camera is off/);
  await ada.hangUp();
  await bob.reaches('ended');
  await end({ ada, bob });

  const blocked = await Guest.open(browsers.chromium, link, {
    prepare: () => delete globalThis.RTCPeerConnection,
  });
  await blocked.reads('h1', /This Browser Makes No Calls/);
  await blocked.close();

  const http = link.replace('localhost', 'calls.test');
  const insecure = await Guest.open(browsers.chromium, http);
  await insecure.reads('h1', /This Page Is Not Secure/);
  await insecure.reads('.banner', /Open in Duologue/);
  insecure.forgive(/Cross-Origin-Opener-Policy/);
  await insecure.close();
}

/* Before the call and while waiting in it; what was said comes true when the server is back. */
async function serverGone({ browsers, newCode }) {
  const server = await RoomServer.start();
  const link = server.link(newCode());
  const ada = await Guest.open(browsers.chromium, link);
  const bob = await Guest.open(browsers.chromium, link);
  await bob.join('Bob');
  await bob.reaches('waiting');
  await ada.reads('.stage h1', /Somebody Is Waiting for You/);
  await server.stop();
  await ada.reads('.stage h1', /No Answer from the Server/);
  await ada.reads('.stage [role=status]', /online and that localhost:\d+ is running/);
  await bob.reads('.call-status', /The server cannot be reached at the moment/);
  await ada.join('Ada');
  await ada.reads('.call-status', /Reaching localhost/);
  await server.start();
  await bothConnected({ ada, bob });
  await ada.hangUp();
  await bob.reaches('ended');
  for (const guest of [ada, bob]) guest.forgiveServer();
  await end({ ada, bob });
  await server.stop();
}

/* The room's time is over while somebody waits in it. */
async function expired({ browsers, newCode }) {
  const server = await RoomServer.start(['--room-lifetime', '3']);
  const ada = await Guest.open(browsers.chromium, server.link(newCode()));
  await ada.join('Ada');
  await ada.reads('.ended', /The Call Has Expired.*Ask for a new one/);
  await ada.close();
  await server.stop();
}

/* Neither side finds a way to the other, as behind some firewalls. */
async function blocked(fixture) {
  const onlyRelays = () => {
    const Original = globalThis.RTCPeerConnection;
    globalThis.RTCPeerConnection = class extends Original {
      constructor(options) {
        super({ ...options, iceTransportPolicy: 'relay', iceServers: [] });
      }
    };
  };
  const pair = await call(fixture, 'chromium', { bob: { prepare: onlyRelays } });
  const why = /a firewall on one of the two sides may block calls/;
  await pair.bob.reads('.call-status', why, 60_000);
  await pair.bob.click('.call-status .pill:not(.small)');
  await pair.bob.reads('.ended', /You left/);
  await end(pair);
}

await runSuite(['chromium', 'firefox'], {
  'Chromium and Chromium': (fixture) => talk(fixture, 'chromium'),
  'Chromium and Firefox': (fixture) => talk(fixture, 'firefox'),
  'screen share': shareScreen,
  'other devices': switchDevices,
  'page loaded again': reload,
  'server restart': restart,
  'rebuild from either side': rebuild,
  'wrong fingerprint': wrongFingerprint,
  'wrong code': wrongCode,
  'room full': full,
  obstacles,
  'server gone': serverGone,
  expired,
  blocked,
});
