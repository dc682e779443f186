// SPDX-License-Identifier: GPL-3.0-or-later

/* What the plain clients share: a call made of an offer, an answer and candidates, as tutorials do it.
 * With &video=no in the query only sound is sent and asked for; with &video=refused a picture is not
 * taken either. */

export const query = new URLSearchParams(location.search);

const wantsVideo = query.get('video') === 'yes';
const remoteVideo = document.querySelector('#remote');
let connection = null;

const media = navigator.mediaDevices.getUserMedia({ audio: true, video: wantsVideo });
media.then((stream) => (document.querySelector('#local').srcObject = stream));

async function createConnection(sendCandidate) {
  connection?.close();
  const created = new RTCPeerConnection();
  connection = created;
  created.onicecandidate = ({ candidate }) => {
    if (candidate) sendCandidate(candidate);
  };
  created.ontrack = ({ streams }) => (remoteVideo.srcObject = streams[0]);
  const stream = await media;
  for (const track of stream.getTracks()) created.addTrack(track, stream);
  return created;
}

export async function createOffer(sendCandidate) {
  const caller = await createConnection(sendCandidate);
  const offer = await caller.createOffer();
  await caller.setLocalDescription(offer);
  return offer;
}

export async function createAnswer(offer, sendCandidate) {
  const callee = await createConnection(sendCandidate);
  await callee.setRemoteDescription(offer);
  if (query.get('video') === 'refused')
    callee.getTransceivers().find(({ receiver }) => receiver.track.kind === 'video').stop();
  const answer = await callee.createAnswer();
  await callee.setLocalDescription(answer);
  return answer;
}

export async function takeAnswer(answer) {
  await connection?.setRemoteDescription(answer);
}

export async function takeCandidate(candidate) {
  await connection?.addIceCandidate(candidate);
}

export function hangUp() {
  connection?.close();
  connection = null;
  remoteVideo.srcObject = null;
}
