// SPDX-License-Identifier: GPL-3.0-or-later

/* The app in calls with the web client of a peer-to-peer chat, through a server for such chats and
 * through duologue-server, which only relays what they say. Argument: the browser. */

import assert from 'node:assert/strict';

import { Plan } from '../web/tap.mjs';
import { isInstalled, launch } from './browser.mjs';
import { ChatServer } from './chat-server.mjs';
import { PlainClient, servePage } from './plain-client.mjs';
import { App, RoomServer } from './programs.mjs';
import { newCode } from './suite.mjs';

/* A room of its own for each call; `calls` says which chat client offers, those who are there or who
 * comes. */
function enter(fixture, calls, server = fixture.chat) {
  const room = { host: `localhost:${server.port}`, party: 'chat', room: newCode(), calls };
  return {
    startApp: () => new App(`ws://${room.host}/parties/${room.party}/${room.room}`),
    openClient: () =>
      PlainClient.open(fixture.browser, fixture.page, room, { document: 'chat.html' }),
  };
}

async function bothSeeAndHear(app, client) {
  await client.seesAndHears();
  await app.until('connected', ({ state }) => state === 'connected');
  const since = app.last.framesDecoded ?? 0;
  await app.until('frames', ({ framesDecoded }) => framesDecoded > since + 10);
  await app.until('sound', (report) => report.receiveAudioBitrate > 0 && report.remotePeak > 0);
  await app.until('a name', ({ remoteName }) => remoteName === 'Charles');
  assert.equal(app.last.fingerprintVerified, true);
  assert.equal(app.last.safety, 'unverifiable');
}

async function appFirst(fixture, calls) {
  const { startApp, openClient } = enter(fixture, calls);
  const app = startApp();
  await app.until('waiting', ({ state }) => state === 'waiting');
  const client = await openClient();
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

async function appSecond(fixture, calls) {
  const { startApp, openClient } = enter(fixture, calls);
  const client = await openClient();
  const app = startApp();
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

/* Each load is another client. */
async function comesAndGoes(fixture) {
  const { startApp, openClient } = enter(fixture, 'nobody');
  const client = await openClient();
  const app = startApp();
  await bothSeeAndHear(app, client);
  await client.reload();
  await bothSeeAndHear(app, client);
  await client.hangUp();
  await app.until('alone', ({ state }) => state === 'waiting');
  assert.equal(app.last.remoteName, null);
  await client.reload();
  await bothSeeAndHear(app, client);
  await app.hangUp();
  await client.close();
}

async function relayed(fixture) {
  const { startApp, openClient } = enter(fixture, 'nobody', fixture.rooms);
  const app = startApp();
  await app.until('waiting', ({ state }) => state === 'waiting');
  const client = await openClient();
  await bothSeeAndHear(app, client);
  await client.hangUp();
  await app.until('alone', ({ state }) => state === 'waiting');
  await app.hangUp();
  await client.close();
}

/* Two apps that meet there know each other for what they are. */
async function appsMeet(fixture) {
  const { startApp } = enter(fixture, 'nobody');
  const apps = [startApp(), startApp()];
  for (const app of apps) {
    await app.until('waiting', ({ state }) => state !== 'joining');
    await app.until('frames', ({ framesDecoded }) => framesDecoded > 10);
  }
  await apps[0].hangUp();
  await apps[1].hangUp();
}

const TESTS = {
  'nobody but the app calls, which is there': (fixture) => appFirst(fixture, 'nobody'),
  'nobody but the app calls, which comes': (fixture) => appSecond(fixture, 'nobody'),
  'who comes calls, as does the app': (fixture) => appFirst(fixture, 'newcomer'),
  'who is there calls, as does the app': (fixture) => appSecond(fixture, 'resident'),
  'the client comes and goes': comesAndGoes,
  'duologue-server relays': relayed,
  'two apps meet': appsMeet,
};

if (!isInstalled) {
  console.log('1..0 # SKIP build-aux/test installs what this needs from npm');
  process.exit();
}

const plan = new Plan();
const page = await servePage();
const [browser, chat, rooms] = await Promise.all([
  launch(process.argv[2]),
  ChatServer.start(),
  RoomServer.start(),
]);
try {
  for (const [what, test] of Object.entries(TESTS))
    if (what.includes(process.env.DUO_ONLY ?? ''))
      await plan.run(what, () => test({ chat, rooms, browser, page }));
} finally {
  await browser.close();
  await Promise.all([chat.stop(), rooms.stop()]);
  page.close();
}
plan.finish();
process.exit();
