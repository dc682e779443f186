// SPDX-License-Identifier: GPL-3.0-or-later

/* run.mjs duologue-server PROGRAM | partykit FOLDER | plain FOLDER
 *
 * Holds a room server to the protocol. Which cases there are for it is said in each case's list;
 * TAP comes out, one line a case. */

import { fileURLToPath } from 'node:url';

import { Plan } from '../../web/tap.mjs';
import { CASES as ADDRESS } from './cases-address.mjs';
import { CASES as LIMIT } from './cases-limit.mjs';
import { CASES as MESSAGE } from './cases-message.mjs';
import { CASES as PLAIN } from './cases-plain.mjs';
import { CASES as SEAT } from './cases-seat.mjs';
import { CASES as SERVER } from './cases-server.mjs';
import { TestRoom } from './guest.mjs';
import { startDuologueServer, startPartyKit } from './servers.mjs';

const AT_ONCE = 6;
const ROOMS = [...LIMIT, ...SEAT, ...MESSAGE, ...ADDRESS, ...PLAIN];

const TARGETS = {
  'duologue-server': { start: startDuologueServer, cases: [...ROOMS, ...SERVER] },
  partykit: { start: startPartyKit, cases: ROOMS },
  plain: { start: (folder) => startPartyKit(folder, {}), cases: PLAIN },
};

const [targetName, where] = process.argv.slice(2);
const target = TARGETS[targetName];
if (target === undefined || where === undefined) {
  console.log(`Bail out! Usage: ${fileURLToPath(import.meta.url)} ${Object.keys(TARGETS)} WHERE`);
  process.exit(2);
}

async function runCase(server, { test }) {
  const room = new TestRoom(server);
  room.where = where;
  try {
    await test(room);
  } finally {
    room.end();
  }
}

/* Some at the same time, as some wait long; those stand first in their lists. */
async function runAll(server, cases) {
  const plan = new Plan();
  const queue = cases.map((item) => ({ ...item, result: null }));
  const free = queue.filter(({ slow }) => !slow);

  const work = async () => {
    for (let item = free.shift(); item !== undefined; item = free.shift()) {
      item.result = runCase(server, item);
      await item.result.catch(() => {});
    }
  };
  for (const item of queue)
    if (item.slow) (item.result = runCase(server, item)).catch(() => {});
  await Promise.all(Array.from({ length: AT_ONCE }, work));

  for (const { name, result } of queue) await plan.run(name, () => result);
  plan.finish();
}

const server = await target.start(where);
try {
  await runAll(server, target.cases);
} finally {
  await server.stop();
}
process.exit();
