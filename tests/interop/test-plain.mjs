// SPDX-License-Identifier: GPL-3.0-or-later

/* The app in calls with the web client of the PartyKit tutorials, which knows nothing of Duologue,
 * in open rooms. Arguments: the browser, and the server: duologue-server, or plain-room for one of
 * PartyKit that only broadcasts. */

import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';

import { startPartyKit } from '../server/conformance/servers.mjs';
import { Plan } from '../web/tap.mjs';
import { isInstalled, launch } from './browser.mjs';
import { PlainClient, servePage } from './plain-client.mjs';
import { App, RoomServer } from './programs.mjs';
import { newCode } from './suite.mjs';

const PLAIN_ROOM = fileURLToPath(new URL('../server/conformance/plain-room', import.meta.url));

/* A room of its own for each call. */
function enter(fixture, { args = [], ...options } = {}) {
  const room = { host: `localhost:${fixture.server.port}`, party: 'main', room: newCode() };
  const app = new App(`ws://${room.host}/parties/${room.party}/${room.room}`, { args });
  return {
    app,
    openClient: () => PlainClient.open(fixture.browser, fixture.page, room, options),
  };
}

async function bothSeeAndHear(app, client) {
  const since = app.last.framesDecoded ?? 0;
  await client.seesAndHears();
  await app.until('connected', ({ state }) => state === 'connected');
  if (client.video) await app.until('frames', ({ framesDecoded }) => framesDecoded > since + 10);
  /* Chromium's pretended microphone beeps now and then. */
  await app.until('sound', (report) => report.receiveAudioBitrate > 0 && report.remotePeak > 0);
}

/* The way the plain client looks from here. */
function assertPlain(app) {
  assert.equal(app.last.fingerprintVerified, true);
  assert.equal(app.last.safety, 'unverifiable');
  assert.equal(app.last.emoji, undefined);
}

async function plainCalls(fixture) {
  const { app, openClient } = enter(fixture);
  await app.until('waiting', ({ state }) => state === 'waiting');
  const client = await openClient();
  await client.call();
  await bothSeeAndHear(app, client);
  assertPlain(app);

  /* Without pings: nothing is thought to be wrong for longer than a silence would be borne. */
  const { length } = app.reports;
  await app.until('some time', () => app.reports.length > length + 15, 60_000);
  const states = new Set(app.reports.slice(length).map(({ state }) => state));
  assert.deepEqual([...states], ['connected']);
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

async function appCalls(fixture) {
  const { app, openClient } = enter(fixture, { args: ['--call'] });
  const client = await openClient();
  await bothSeeAndHear(app, client);
  assertPlain(app);
  await app.hangUp();
  await client.close();
}

/* A page that is loaded again is another client; it calls at once, or after it is known to be gone. */
async function plainReloads(fixture) {
  const { app, openClient } = enter(fixture);
  const client = await openClient();
  await app.until('waiting', ({ state }) => state === 'waiting');
  await client.call();
  await bothSeeAndHear(app, client);
  await client.reload();
  await client.call();
  await bothSeeAndHear(app, client);
  await client.reload();
  await app.until('alone', ({ state }) => state === 'waiting');
  await client.call();
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

async function plainHangsUp(fixture) {
  const { app, openClient } = enter(fixture);
  const client = await openClient();
  await app.until('waiting', ({ state }) => state === 'waiting');
  await client.call();
  await bothSeeAndHear(app, client);
  await client.hangUp();
  await app.until('alone', ({ state }) => state === 'waiting');
  assert.equal(app.last.remoteName, null);

  /* The other way round, with a client that comes back. */
  await client.reload();
  app.say('call');
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

async function withoutVideo(fixture) {
  const { app, openClient } = enter(fixture, { video: 'no' });
  const client = await openClient();
  await app.until('waiting', ({ state }) => state === 'waiting');
  await client.call();
  await bothSeeAndHear(app, client);
  assertPlain(app);

  /* What the app offers has a picture, and who has no camera may still look at it. */
  await client.reload();
  await app.until('alone', ({ state }) => state === 'waiting');
  app.say('call');
  await bothSeeAndHear(app, client);
  await client.sees();
  await app.hangUp();
  await client.close();
}

/* Its answer rejects the picture. */
async function refusesVideo(fixture) {
  const { app, openClient } = enter(fixture, { video: 'refused', args: ['--call'] });
  const client = await openClient();
  await bothSeeAndHear(app, client);
  assert.equal(app.last.framesDecoded, 0);
  await app.hangUp();
  await client.close();
}

/* Each offers before it hears the other's offer, and drops its own for it. */
async function bothCall(fixture) {
  const { app, openClient } = enter(fixture);
  const client = await openClient();
  await app.until('waiting', ({ state }) => state === 'waiting');
  await Promise.all([client.call(), app.say('call')]);
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

/* Its connection is lost without a word, and it knows of no restart. */
async function lost(fixture) {
  const { app, openClient } = enter(fixture);
  const client = await openClient();
  await app.until('waiting', ({ state }) => state === 'waiting');
  await client.call();
  await bothSeeAndHear(app, client);
  await client.guest.page.evaluate(() => globalThis.connectionsOfTest.at(-1).close());
  await app.until('a silence', ({ state }) => state === 'reconnecting', 40_000);
  await app.until('connected', ({ state }) => state === 'connected', 40_000);
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

const TESTS = {
  'the plain client calls': plainCalls,
  'the app calls': appCalls,
  'the plain client is loaded again': plainReloads,
  'the plain client hangs up': plainHangsUp,
  'without video': withoutVideo,
  'video refused': refusesVideo,
  'both call': bothCall,
  'the connection is lost': lost,
};

const SERVERS = {
  'duologue-server': () => RoomServer.start(),
  'plain-room': () => startPartyKit(PLAIN_ROOM, {}),
};

if (!isInstalled) {
  console.log('1..0 # SKIP build-aux/test installs what this needs from npm');
  process.exit();
}

const plan = new Plan();
const [browserName, serverName] = process.argv.slice(2);
const page = await servePage();
const [browser, server] = await Promise.all([launch(browserName), SERVERS[serverName]()]);
try {
  for (const [what, test] of Object.entries(TESTS))
    if (what.includes(process.env.DUO_ONLY ?? ''))
      await plan.run(what, () => test({ server, browser, page }));
} finally {
  await browser.close();
  await server.stop();
  page.close();
}
plan.finish();
process.exit();
