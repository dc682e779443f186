// SPDX-License-Identifier: GPL-3.0-or-later

/* The app (duologue-cli) in a call with a browser, which the first argument names. */

import assert from 'node:assert/strict';

import { Guest } from './guest.mjs';
import { App } from './programs.mjs';
import { runSuite } from './suite.mjs';
import { sleep, until } from './wait.mjs';

const name = process.argv[2];

async function call({ server, browsers, newCode }, options) {
  const link = server.link(newCode());
  const app = new App(link);
  const guest = await Guest.open(browsers[name], link, options);
  await guest.join('Bob');
  return { link, app, guest };
}

async function bothConnected({ app, guest }) {
  await guest.reaches('connected');
  await app.until('connected', (report) => report.state === 'connected');
}

async function end({ app, guest }) {
  await app.hangUp();
  await guest.close();
}

/* Frames that came since, on both sides, and sound. */
async function bothSeeAndHear({ app, guest }) {
  const since = app.last.framesDecoded ?? 0;
  await guest.seesAndHears();
  await app.until('frames', (report) => report.framesDecoded > since + 10);
  await app.until('sound', (report) => report.remotePeak > 0);
}

/* The words of the safety pictures, which come after the first frame at times. */
async function picturesOf(app) {
  await app.until('pictures', (report) => report.emoji !== undefined);
  return app.last.emoji;
}

async function talk(fixture) {
  const pair = await call(fixture);
  const { app, guest } = pair;
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  await guest.reads('.top .name', /^Ada$/);
  await app.until('a name', (report) => report.remoteName === 'Bob');
  assert.deepEqual(await picturesOf(app), await guest.safetyWords());
  assert.equal(app.last.fingerprintVerified, true);

  await guest.toggle('Microphone');
  await app.until('a muted microphone', (report) => !report.remoteMicrophone);
  await guest.toggle('Camera');
  await app.until('a closed camera', (report) => !report.remoteCamera);
  await guest.toggle('Camera');
  await guest.toggle('Microphone');
  await app.until('both again', (report) => report.remoteCamera && report.remoteMicrophone);
  const { framesDecoded } = app.last;
  await app.until('frames again', (report) => report.framesDecoded > framesDecoded + 10);

  await guest.hangUp();
  await app.exited;
  assert.equal(app.summary.endReason, 'remote-left');
  await guest.close();
}

function isHidden(guest, selector) {
  return guest.page.$eval(selector, (element) => element.hidden);
}

function isCalledMuted(guest) {
  return guest.page.$$eval('.notice', (notices) =>
    notices.some(({ hidden, textContent }) => !hidden && /microphone is off/.test(textContent)),
  );
}

async function soundInASecond(guest) {
  const before = await guest.measure();
  await sleep(1000);
  return (await guest.measure()).audioEnergy - before.audioEnergy;
}

/* What the app says of its devices is shown, and what is off is not sent. */
async function appMutes(fixture) {
  const pair = await call(fixture);
  const { app, guest } = pair;
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  await until('the camera', () => isHidden(guest, '.camera-off'));
  const tone = await until('a tone', () => soundInASecond(guest));

  app.say('camera off');
  await until('no camera', async () => !(await isHidden(guest, '.camera-off')));
  app.say('microphone off');
  await until('a muted microphone', () => isCalledMuted(guest));
  await until('silence', async () => (await soundInASecond(guest)) < tone / 100);

  app.say('camera on');
  await until('the camera', () => isHidden(guest, '.camera-off'));
  app.say('microphone on');
  await until('the microphone', async () => !(await isCalledMuted(guest)));
  await bothSeeAndHear(pair);
  await until('the tone', async () => (await soundInASecond(guest)) > tone / 4);
  app.say('hang-up');
  await guest.reads('.ended', /Ada left\./);
  await app.exited;
  await guest.close();
}

/* In place of the camera, off or not: the app shows what comes. */
async function shareScreen(fixture) {
  const pair = await call(fixture);
  const { app, guest } = pair;
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  await guest.toggle('Camera');
  await app.until('no camera', ({ remoteCamera }) => !remoteCamera);
  await app.until('no frames', ({ framesPerSecond }) => framesPerSecond === 0);
  const { framesDecoded } = app.last;
  await guest.toggle('Share Screen');
  await app.until(
    'a screen',
    (report) => report.remoteCamera && report.framesDecoded > framesDecoded + 3,
  );
  await guest.click('.sharing button');
  await app.until('no camera again', ({ remoteCamera }) => !remoteCamera);
  await guest.toggle('Camera');
  await app.until('the camera', ({ remoteCamera }) => remoteCamera);
  await bothSeeAndHear(pair);
  await end(pair);
}

async function appHangsUp(fixture) {
  const pair = await call(fixture);
  await bothConnected(pair);
  await pair.app.hangUp();
  await pair.guest.reads('.ended', /Ada left\./);
  await pair.guest.close();
}

async function reload(fixture) {
  const pair = await call(fixture);
  const { guest } = pair;
  await bothConnected(pair);
  await guest.page.reload();
  await guest.join('Bob');
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  await end(pair);
}

async function restart(fixture) {
  const pair = await call(fixture);
  const { app, guest } = pair;
  await bothConnected(pair);
  await fixture.server.stop();
  await app.until('no server', (report) => !report.signalingConnected);
  const { framesDecoded } = app.last;
  await app.until('frames', (report) => report.framesDecoded > framesDecoded + 10);
  await fixture.server.start();
  await app.until('the server', (report) => report.signalingConnected);
  assert.equal(await guest.state, 'connected');
  assert.equal(await guest.page.evaluate(() => globalThis.connectionsOfTest.length), 1);
  await app.hangUp();
  await guest.reaches('ended');
  guest.forgiveServer();
  await guest.close();
}

/* The browser loses its connection and asks for another. The app notices by silence alone. */
async function browserRebuilds(fixture) {
  const pair = await call(fixture);
  const { app, guest } = pair;
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  const emoji = await picturesOf(app);
  await guest.page.evaluate(() => globalThis.connectionsOfTest.at(-1).close());
  await until('a new connection', () =>
    guest.page.evaluate(() => globalThis.connectionsOfTest.length > 1),
  );
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  assert.deepEqual(await picturesOf(app), emoji);
  assert.deepEqual(await guest.safetyWords(), emoji);
  await end(pair);
}

/* The app is stopped for long enough that both give the connection up, and goes on. */
async function appRebuilds(fixture) {
  const pair = await call(fixture);
  const { app, guest } = pair;
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  app.freeze();
  await guest.reaches('reconnecting');
  await sleep(4000);
  app.thaw();
  await bothConnected(pair);
  await bothSeeAndHear(pair);
  await end(pair);
}

function forgeFingerprint() {
  const original = RTCPeerConnection.prototype.setRemoteDescription;
  RTCPeerConnection.prototype.setRemoteDescription = function (description) {
    const sdp = description.sdp.replace(
      /(a=fingerprint:sha-256 )(..)/gi,
      (whole, head, byte) => head + (byte === '00' ? '01' : '00'),
    );
    return original.call(this, { type: description.type, sdp });
  };
}

/* The browser announces a certificate that it does not use. */
function lieAboutFingerprint() {
  const prototype = Object.getPrototypeOf(RTCPeerConnection.prototype);
  const original = Object.getOwnPropertyDescriptor(prototype, 'localDescription');
  Object.defineProperty(prototype, 'localDescription', {
    get() {
      const description = original.get.call(this);
      if (description === null) return null;
      const sdp = description.sdp.replace(
        /(a=fingerprint:sha-256 )(..)/gi,
        (whole, head, byte) => head + (byte === '00' ? '01' : '00'),
      );
      return { type: description.type, sdp };
    },
  });
}

async function wrongFingerprints(fixture) {
  const deceived = await call(fixture, { prepare: forgeFingerprint });
  await deceived.guest.reads('.ended', /Not Safe to Go On/);
  assert.equal(deceived.app.last.framesDecoded ?? 0, 0);
  await end(deceived);

  const liar = await call(fixture, { prepare: lieAboutFingerprint });
  await liar.app.exited;
  assert.equal(liar.app.summary.endReason, 'fingerprint');
  assert.equal(liar.app.summary.framesDecoded, 0);
  await liar.guest.close();
}

async function wrongCode({ server, browsers, newCode }) {
  const app = new App(server.link(newCode()));
  const guest = await Guest.open(browsers[name], server.link(newCode()));
  await guest.join();
  await guest.reads('.call-status', /Waiting for Somebody to Join/);
  await app.until('waiting', (report) => report.state === 'waiting');
  await end({ app, guest });
}

async function manyCalls({ server, browsers, newCode }) {
  const link = server.link(newCode());
  const guest = await Guest.open(browsers[name], link);
  const apps = [];
  await guest.join();
  for (let i = 0; i < 20; i++) {
    await guest.reaches('waiting');
    const app = new App(link);
    apps.push(app);
    await guest.reaches('connected');
    await guest.seesAndHears({ frames: 3 });
    await app.until('a frame', (report) => report.framesDecoded > 0);
    app.hangUp();
    await guest.reaches('ended');
    await guest.click('.ended button');
  }
  await guest.close();
  await Promise.all(apps.map((app) => app.exited));
  for (const { summary } of apps) assert.ok(summary.framesDecoded > 0);
}

const tests = {
  'picture, sound and states': talk,
  'the app mutes': appMutes,
  ...(name === 'chromium' ? { 'screen share': shareScreen } : {}),
  'the app hangs up': appHangsUp,
  'page loaded again': reload,
  'server restart': restart,
  'rebuild asked for by the browser': browserRebuilds,
  'rebuild started by the app': appRebuilds,
  'wrong fingerprints': wrongFingerprints,
  'wrong code': wrongCode,
};
await runSuite([name], process.argv[3] === 'many' ? { 'twenty calls in a row': manyCalls } : tests);
