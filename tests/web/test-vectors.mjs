// SPDX-License-Identifier: GPL-3.0-or-later

/* The page's protocol modules against the vectors that all implementations share. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { Plan } from './tap.mjs';

const { equalBytes, fromBase64, fromHex, toBase64 } = await import(
  '../../src/web/protocol/bytes.js'
);
const { readChannelMessage } = await import('../../src/web/protocol/channel-message.js');
const { Envelope } = await import('../../src/web/protocol/envelope.js');
const { parseJoinLink } = await import('../../src/web/protocol/join-link.js');
const { parseJson } = await import('../../src/web/protocol/json.js');
const { readPeerMessage, writeMessage } = await import('../../src/web/protocol/peer-message.js');
const { formatRoomCode, parseRoomCode } = await import('../../src/web/protocol/room-code.js');
const { deriveRoomKeys } = await import('../../src/web/protocol/room-keys.js');
const { importSealKey, open, seal } = await import('../../src/web/protocol/seal.js');
const { readServerMessage } = await import('../../src/web/protocol/server-message.js');
const safety = await import('../../src/web/protocol/safety.js');

function vectors(name) {
  const text = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), 'utf8');
  parseJson(text);
  return JSON.parse(text);
}

function kindOf(run) {
  try {
    run();
    return 'taken';
  } catch (error) {
    return error.kind ?? error;
  }
}

const toHex = (bytes) => Buffer.from(bytes).toString('hex');
const plain = (object) => JSON.parse(JSON.stringify(object));

function codes() {
  const { valid, invalid } = vectors('codes');
  for (const { text, symbols, code } of valid) {
    assert.equal(parseRoomCode(text), symbols, text);
    assert.equal(formatRoomCode(symbols), code);
  }
  for (const { text, refusal } of invalid)
    assert.equal(kindOf(() => parseRoomCode(text)), refusal, text);
}

function links() {
  const { valid, invalid } = vectors('links');
  for (const { text, server = null, ...wanted } of valid) {
    const link = parseJoinLink(text, server);
    assert.equal(link.host, wanted.host, text);
    assert.equal(link.server, wanted.address, text);
    assert.equal(link.symbols, wanted.symbols ?? null, text);
    if (wanted.room !== undefined) assert.equal(link.room, wanted.room);
    if (wanted.party !== undefined) assert.equal(link.party, wanted.party);
    assert.equal(link.toString(), wanted.link);
    if (wanted.app !== undefined) assert.equal(link.toAppUri(), wanted.app);
  }
  for (const { text, server = null, refusal } of invalid)
    assert.equal(kindOf(() => parseJoinLink(text, server)), refusal, text);
}

async function keys() {
  for (const { symbols, room, sealKey } of vectors('keys').keys) {
    const derived = await deriveRoomKeys(symbols);
    assert.equal(derived.roomId, room);
    assert.equal(toHex(derived.sealKey), sealKey);
  }
}

function strictJson() {
  const { accept, reject } = vectors('json');
  const input = ({ text, hex }) => (hex === undefined ? text : fromHex(hex));
  for (const entry of accept)
    assert.equal(kindOf(() => parseJson(input(entry))), 'taken', entry.name);
  for (const entry of reject)
    assert.equal(kindOf(() => parseJson(input(entry))), 'json', entry.name);
}

async function sealing() {
  const { opens, refused } = vectors('seal');
  for (const entry of opens) {
    const key = await importSealKey(fromHex(entry.key));
    const iv = fromBase64(entry.iv);
    assert.equal(toBase64(await seal(key, iv, entry, entry.plain)), entry.data, entry.name);
    const opened = await open(key, iv, entry, fromBase64(entry.data));
    assert.equal(new TextDecoder().decode(opened), entry.plain, entry.name);
  }
  for (const entry of refused) {
    const key = await importSealKey(fromHex(entry.key));
    await assert.rejects(
      async () => open(key, fromBase64(entry.iv), entry, fromBase64(entry.data)),
      { kind: 'seal' },
      entry.name,
    );
  }
}

async function envelopes(list, key) {
  const { self, room, [list]: entries } = vectors('envelope');
  const envelope = new Envelope(room, self, key);
  for (const { name, frame, ...wanted } of entries) {
    const before = envelope.dropped;
    let got;
    try {
      const { message, from, addressed } = await envelope.unwrap(parseJson(JSON.stringify(frame)));
      got = { result: 'taken', type: message.type, from, addressed };
    } catch (error) {
      assert.equal(error.name, 'Refusal', name);
      got = { result: envelope.dropped > before ? 'dropped' : 'ignored' };
    }
    assert.deepEqual(got, wanted, name);
  }
}

async function roundTrip() {
  const { self, room, key } = vectors('envelope');
  const other = 'AdaAdaAdaAdaAdaAdaAda0';
  const ours = new Envelope(room, self, fromHex(key));
  const theirs = new Envelope(room, other, fromHex(key));
  const frame = parseJson(await ours.wrap({ type: 'restart', epoch: 2 }, other));
  assert.equal(frame.type, 'sealed');
  const { message, from, addressed } = await theirs.unwrap(frame);
  assert.deepEqual({ message, from, addressed }, {
    message: { type: 'restart', epoch: 2 },
    from: self,
    addressed: true,
  });
  await assert.rejects(theirs.unwrap(frame), { kind: 'seal' });
}

function withFill(message, fill) {
  const copy = structuredClone(message);
  for (const { path, length } of fill === undefined ? [] : [fill].flat()) {
    const names = Array.isArray(path) ? path : path.split('.');
    let at = copy;
    for (const name of names.slice(0, -1)) at = at[name];
    at[names.at(-1)] = 'a'.repeat(length);
  }
  return copy;
}

function withoutNulls(value) {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, inner]) => inner !== null);
  return Object.fromEntries(kept.map(([name, inner]) => [name, withoutNulls(inner)]));
}

/* Every field that was understood comes out as it went in. */
function checkKnown(written, message, name) {
  for (const [field, value] of Object.entries(written)) {
    if (typeof value === 'object' && !Array.isArray(value))
      checkKnown(value, message[field], name);
    else assert.deepEqual(value, message[field], `${name}: ${field}`);
  }
}

function messages(file, read) {
  const { valid, invalid, ignored } = vectors(file);
  for (const { name, message, fill, written, rooms = ['sealed'] } of valid) {
    for (const room of rooms) {
      const filled = withFill(message, fill);
      const again = plain(writeMessage(read(parseJson(JSON.stringify(filled)), room === 'open')));
      if (written !== undefined) assert.deepEqual(again, withFill(written, undefined), name);
      else if (file === 'server-messages') checkKnown(again, withoutNulls(filled), name);
      else checkKnown(again, filled, name);
    }
  }
  for (const { name, message, fill, rooms = ['sealed'] } of invalid) {
    for (const room of rooms) {
      const filled = parseJson(JSON.stringify(withFill(message, fill)));
      assert.equal(kindOf(() => read(filled, room === 'open')), 'message', name);
    }
  }
  for (const { name, message } of ignored)
    assert.equal(kindOf(() => read(parseJson(JSON.stringify(message)), false)), 'unknown-type', name);
}

async function safetyEmoji() {
  const list = vectors('safety');
  assert.deepEqual(
    safety.PICTURES,
    list.pictures.map(({ picture, word }) => [picture, word]),
  );
  for (const { nonce, commit } of list.commits)
    assert.ok(await safety.checkCommit(fromBase64(commit), fromBase64(nonce)));
  for (const { nonce, commit } of list.wrongCommits)
    assert.ok(!(await safety.checkCommit(fromBase64(commit), fromBase64(nonce))));
  for (const entry of list.emoji) {
    const indices = await safety.safetyEmoji({
      offerer: fromHex(entry.fingerprintOfferer),
      answerer: fromHex(entry.fingerprintAnswerer),
      nonceOfferer: fromBase64(entry.nonceOfferer),
      nonceAnswerer: fromBase64(entry.nonceAnswerer),
      sealKey: entry.sealKey === null ? null : fromHex(entry.sealKey),
    });
    assert.deepEqual(indices, entry.indices);
  }
  for (const { key, side, epoch, fingerprint, proof } of list.resume) {
    const made = await safety.resumeProof(
      fromBase64(key),
      side === 'offer',
      epoch,
      fromHex(fingerprint),
    );
    assert.ok(equalBytes(made, fromBase64(proof)));
  }
}

const plan = new Plan();
await plan.run('room codes', codes);
await plan.run('join links', links);
await plan.run('room keys', keys);
await plan.run('strict JSON', strictJson);
await plan.run('sealing', sealing);
await plan.run('envelope, sealed', () => envelopes('sealed', fromHex(vectors('envelope').key)));
await plan.run('envelope, open room', () => envelopes('open', null));
await plan.run('envelope, round trip', roundTrip);
await plan.run('peer messages', () => messages('peer-messages', readPeerMessage));
await plan.run('server messages', () => messages('server-messages', readServerMessage));
await plan.run('channel messages', () => messages('channel-messages', readChannelMessage));
await plan.run('safety', safetyEmoji);
plan.finish();
