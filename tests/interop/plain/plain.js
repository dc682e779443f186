// SPDX-License-Identifier: GPL-3.0-or-later

/* The web client of tutorials for PartyKit and WebRTC: one room, bare messages to whoever is in it,
 * and nothing of Duologue's. The query says where: ?host=HOST&party=PARTY&room=ROOM, and with
 * &video=no only sound is sent and asked for; with &video=refused a picture is not taken either. */

import PartySocket from './partysocket/index.mjs';

const query = new URLSearchParams(location.search);
const wantsVideo = query.get('video') === 'yes';
const remoteVideo = document.querySelector('#remote');
let connection = null;

const media = navigator.mediaDevices.getUserMedia({ audio: true, video: wantsVideo });
media.then((stream) => (document.querySelector('#local').srcObject = stream));

const socket = new PartySocket({
  host: query.get('host'),
  party: query.get('party'),
  room: query.get('room'),
});

function send(message) {
  socket.send(JSON.stringify(message));
}

async function createConnection() {
  connection?.close();
  const created = new RTCPeerConnection();
  connection = created;
  created.onicecandidate = ({ candidate }) => {
    if (candidate) send({ type: 'ice-candidate', candidate });
  };
  created.ontrack = ({ streams }) => (remoteVideo.srcObject = streams[0]);
  const stream = await media;
  for (const track of stream.getTracks()) created.addTrack(track, stream);
  return created;
}

async function call() {
  const caller = await createConnection();
  const offer = await caller.createOffer();
  await caller.setLocalDescription(offer);
  send({ type: 'offer', offer });
}

async function answerCall(offer) {
  const callee = await createConnection();
  await callee.setRemoteDescription(offer);
  if (query.get('video') === 'refused')
    callee.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video').stop();
  const answer = await callee.createAnswer();
  await callee.setLocalDescription(answer);
  send({ type: 'answer', answer });
}

function hangUp() {
  connection?.close();
  connection = null;
  remoteVideo.srcObject = null;
}

socket.addEventListener('message', async ({ data }) => {
  const message = JSON.parse(data);
  try {
    if (message.type === 'offer') await answerCall(message.offer);
    else if (message.type === 'answer') await connection?.setRemoteDescription(message.answer);
    else if (message.type === 'ice-candidate') await connection?.addIceCandidate(message.candidate);
    else if (message.type === 'peer-disconnected') hangUp();
  } catch (error) {
    console.info(`${message.type}: ${error.message}`);
  }
});

document.querySelector('#call').onclick = call;
document.querySelector('#hang-up').onclick = () => {
  hangUp();
  socket.close();
};
