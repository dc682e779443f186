// SPDX-License-Identifier: GPL-3.0-or-later

/* The web client of a peer-to-peer chat: it asks a server to be let into a room, is told of the
 * others, and says everything from one to another. The query says where, as for plain.js; with
 * &calls=newcomer who comes calls those who are there, with &calls=resident those call who comes. */

import { createAnswer, createOffer, hangUp, query, takeAnswer, takeCandidate } from './connection.js';

const peerId = crypto.randomUUID();
const roomId = query.get('room');
const socket = new WebSocket(
  `ws://${query.get('host')}/parties/${query.get('party')}/${roomId}?_pk=${peerId}`,
);

function send(message) {
  socket.send(JSON.stringify(message));
}

async function call(to) {
  const offer = await createOffer((candidate) =>
    send({ type: 'ice_candidate', from: peerId, to, candidate }),
  );
  send({ type: 'offer', from: peerId, to, offer });
}

async function answer({ from: to, offer }) {
  const created = await createAnswer(offer, (candidate) =>
    send({ type: 'ice_candidate', from: peerId, to, candidate }),
  );
  send({ type: 'answer', from: peerId, to, answer: created });
}

async function take(message) {
  const calls = query.get('calls');
  if (message.type === 'room_joined') {
    if (calls === 'newcomer') for (const { id } of message.peers) await call(id);
  } else if (message.type === 'peer_joined') {
    if (calls === 'resident') await call(message.peer.id);
  } else if (message.type === 'peer_left') hangUp();
  else if (message.type === 'offer') await answer(message);
  else if (message.type === 'answer') await takeAnswer(message.answer);
  else if (message.type === 'ice_candidate') await takeCandidate(message.candidate);
}

socket.onopen = () => send({ type: 'join_room', roomId, peerId, displayName: 'Charles' });
socket.onmessage = async ({ data }) => {
  const message = JSON.parse(data);
  try {
    await take(message);
  } catch (error) {
    console.info(`${message.type}: ${error.message}`);
  }
};

document.querySelector('#hang-up').onclick = () => {
  hangUp();
  send({ type: 'leave_room', roomId, peerId });
  socket.close();
};
