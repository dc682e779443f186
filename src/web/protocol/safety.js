// SPDX-License-Identifier: GPL-3.0-or-later

import { concat, equalBytes, randomBytes } from './bytes.js';
import { hmac } from './room-keys.js';
import { PROOF_BYTES } from './peer-message.js';
import { utf8 } from './text.js';

/* Told apart at a glance and over the telephone; no people and no flags. The words are translated
 * where they are shown. */
export const PICTURES = [
  ['🐻', 'Bear'],
  ['🐝', 'Bee'],
  ['🐫', 'Camel'],
  ['🦆', 'Duck'],
  ['🦊', 'Fox'],
  ['🐸', 'Frog'],
  ['🦒', 'Giraffe'],
  ['🦔', 'Hedgehog'],
  ['🐨', 'Koala'],
  ['🐒', 'Monkey'],
  ['🦉', 'Owl'],
  ['🐑', 'Sheep'],
  ['🐌', 'Snail'],
  ['🐍', 'Snake'],
  ['🐋', 'Whale'],
  ['🦓', 'Zebra'],
  ['🍎', 'Apple'],
  ['🥑', 'Avocado'],
  ['🍌', 'Banana'],
  ['🍞', 'Bread'],
  ['🌵', 'Cactus'],
  ['🥕', 'Carrot'],
  ['🧀', 'Cheese'],
  ['🍒', 'Cherries'],
  ['🌽', 'Corn'],
  ['🥚', 'Egg'],
  ['🍇', 'Grapes'],
  ['🍋', 'Lemon'],
  ['🍄', 'Mushroom'],
  ['🍕', 'Pizza'],
  ['🌻', 'Sunflower'],
  ['🍉', 'Melon'],
  ['⚓', 'Anchor'],
  ['🎈', 'Balloon'],
  ['🔔', 'Bell'],
  ['🚲', 'Bicycle'],
  ['📖', 'Book'],
  ['🎂', 'Cake'],
  ['🏰', 'Castle'],
  ['⏰', 'Clock'],
  ['🥁', 'Drum'],
  ['🔥', 'Fire'],
  ['🎁', 'Gift'],
  ['🎸', 'Guitar'],
  ['🔨', 'Hammer'],
  ['🎩', 'Hat'],
  ['🚁', 'Helicopter'],
  ['🏠', 'House'],
  ['🔑', 'Key'],
  ['🪁', 'Kite'],
  ['💡', 'Lamp'],
  ['🧲', 'Magnet'],
  ['🌙', 'Moon'],
  ['🎹', 'Piano'],
  ['🌈', 'Rainbow'],
  ['🚀', 'Rocket'],
  ['⛵', 'Sailboat'],
  ['👟', 'Shoe'],
  ['⭐', 'Star'],
  ['🚜', 'Tractor'],
  ['🚂', 'Train'],
  ['🎺', 'Trumpet'],
  ['☔', 'Umbrella'],
  ['🌋', 'Volcano'],
];

async function hash(label, ...parts) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', concat(utf8(label), ...parts)));
}

export function newNonce() {
  return randomBytes(PROOF_BYTES);
}

/** What binds the offerer to its nonce before it is told. */
export function commitOf(nonce) {
  return hash('duologue/1 commit', nonce);
}

export async function checkCommit(commit, nonce) {
  return equalBytes(commit, await commitOf(nonce));
}

/** Which pictures to show: four numbers, the same on both sides only if nobody sits between. */
export async function safetyEmoji({ offerer, answerer, nonceOfferer, nonceAnswerer, sealKey }) {
  const parts = [offerer, answerer, nonceOfferer, nonceAnswerer, sealKey ?? new Uint8Array()];
  const digest = await hash('duologue/1 emoji', ...parts);
  const bits = (digest[0] << 16) | (digest[1] << 8) | digest[2];
  return [18, 12, 6, 0].map((shift) => (bits >> shift) & 0x3f);
}

/** The proof that a description comes from the same peer as before. */
export function resumeProof(key, isOffer, epoch, fingerprint) {
  return hmac(key, utf8(`${isOffer ? 'offer' : 'answer'}${epoch}`), fingerprint);
}

export async function checkResume(proof, key, isOffer, epoch, fingerprint) {
  return equalBytes(proof, await resumeProof(key, isOffer, epoch, fingerprint));
}
