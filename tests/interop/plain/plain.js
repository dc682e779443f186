// SPDX-License-Identifier: GPL-3.0-or-later

/* The web client of tutorials for PartyKit and WebRTC: one room, bare messages to whoever is in it,
 * and nothing of Duologue's. The query says where: ?host=HOST&party=PARTY&room=ROOM. */

import PartySocket from './partysocket/index.mjs';

import { createAnswer, createOffer, hangUp, query, takeAnswer, takeCandidate } from './connection.js';

const socket = new PartySocket({
  host: query.get('host'),
  party: query.get('party'),
  room: query.get('room'),
});

function send(message) {
  socket.send(JSON.stringify(message));
}

function sendCandidate(candidate) {
  send({ type: 'ice-candidate', candidate });
}

async function take(message) {
  if (message.type === 'offer')
    send({ type: 'answer', answer: await createAnswer(message.offer, sendCandidate) });
  else if (message.type === 'answer') await takeAnswer(message.answer);
  else if (message.type === 'ice-candidate') await takeCandidate(message.candidate);
  else if (message.type === 'peer-disconnected') hangUp();
}

socket.addEventListener('message', async ({ data }) => {
  const message = JSON.parse(data);
  try {
    await take(message);
  } catch (error) {
    console.info(`${message.type}: ${error.message}`);
  }
});

document.querySelector('#call').onclick = async () =>
  send({ type: 'offer', offer: await createOffer(sendCandidate) });
document.querySelector('#hang-up').onclick = () => {
  hangUp();
  socket.close();
};
