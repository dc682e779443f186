// SPDX-License-Identifier: GPL-3.0-or-later

/* run.mjs duologue-server PROGRAM | partykit FOLDER | plain FOLDER
 *
 * Holds a room server to the protocol. Which cases there are for it is said in each case's list;
 * TAP comes out, one line a case. */

import { fileURLToPath } from 'node:url';

import { Plan } from '../../web/tap.mjs';
import { CASES as ACCESS } from './cases-access.mjs';
import { CASES as ADDRESS } from './cases-address.mjs';
import { CASES as LIMIT } from './cases-limit.mjs';
import { CASES as MESSAGE } from './cases-message.mjs';
import { CASES as PARTY } from './cases-party.mjs';
import { CASES as PLAIN } from './cases-plain.mjs';
import { CASES as SEAT } from './cases-seat.mjs';
import { CASES as SERVER } from './cases-server.mjs';
import { TestRoom } from './guest.mjs';
import { RESTRICTIONS, startDuologueServer, startPartyKit } from './servers.mjs';

const AT_ONCE = 6;
const ROOMS = [...LIMIT, ...SEAT, ...MESSAGE, ...ADDRESS, ...ACCESS, ...PLAIN];

const TARGETS = {
  'duologue-server': { start: startDuologueServer, cases: [...ROOMS, ...SERVER] },
  partykit: { start: startPartyKit, cases: [...ROOMS, ...PARTY] },
  plain: { start: (folder) => startPartyKit(folder, {}), cases: PLAIN },
};

const [targetName, where] = process.argv.slice(2);
const target = TARGETS[targetName];
if (target === undefined || where === undefined) {
  console.log(`Bail out! Usage: ${fileURLToPath(import.meta.url)} ${Object.keys(TARGETS)} WHERE`);
  process.exit(2);
}

async function runCase([server, restricted], item) {
  const room = new TestRoom(item.restricted ? restricted : server);
  room.where = where;
  try {
    await item.test(room);
  } finally {
    room.end();
  }
}

/* Some at the same time, as some wait long; those stand first in their lists. */
async function runAll(servers, cases) {
  const plan = new Plan();
  const queue = cases.map((item) => ({ ...item, result: null }));
  const free = queue.filter(({ slow }) => !slow);

  const work = async () => {
    for (let item = free.shift(); item !== undefined; item = free.shift()) {
      item.result = runCase(servers, item);
      await item.result.catch(() => {});
    }
  };
  for (const item of queue)
    if (item.slow) (item.result = runCase(servers, item)).catch(() => {});
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  for (const { name, result } of queue) await plan.run(name, () => result);
  plan.finish();
}

/* The second is one that restricts who may start a room. */
const starts = [target.start(where)];
if (target.cases.some(({ restricted }) => restricted))
  starts.push(target.start(where, RESTRICTIONS));
try {
  await runAll(await Promise.all(starts), target.cases);
} finally {
  for (const { value } of await Promise.allSettled(starts)) await value?.stop();
}
process.exit();
