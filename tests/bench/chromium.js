// SPDX-License-Identifier: GPL-3.0-or-later
// One end of a plain call for the bench: devices are opened first, as in a lobby, then it waits for
// "join" and exchanges descriptions with the other window by way of the bench's mailbox.

const side = location.hash.slice(1);
const other = side === 'a' ? 'b' : 'a';

let sending = Promise.resolve();
const send = (to, message) => {
  sending = sending.then(() => fetch(`/box/${to}`, { method: 'POST', body: JSON.stringify(message) }));
  return sending;
};
const receive = async () => (await fetch(`/box/${side}`)).json();

const stream = await navigator.mediaDevices.getUserMedia({
  video: { width: 1280, height: 720, frameRate: 30 },
  audio: true,
});
document.getElementById('self').srcObject = stream;
document.title = 'ready';
await send('bench', { ready: side });

let peer;
const early = [];

function start() {
  peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  for (const track of stream.getTracks()) {
    const sender = peer.addTrack(track, stream);
    // Else a busy machine sends less than half of the picture, and there is nothing to compare.
    if (track.kind === 'video') {
      sender.setParameters({ ...sender.getParameters(),
        degradationPreference: 'maintain-resolution' });
    }
  }
  peer.onicecandidate = ({ candidate }) => candidate && send(other, { candidate });
  peer.ontrack = ({ streams }) => { document.getElementById('remote').srcObject = streams[0]; };
}

async function stats() {
  const figures = { side };
  for (const report of (await peer.getStats()).values()) {
    if (report.type === 'inbound-rtp' && report.kind === 'video')
      Object.assign(figures, { width: report.frameWidth, height: report.frameHeight,
        framesPerSecond: report.framesPerSecond, bytes: report.bytesReceived });
  }
  return figures;
}

for (;;) {
  const message = await receive();
  if (message.join) {
    start();
    if (message.offer) {
      await peer.setLocalDescription();
      await send(other, { description: peer.localDescription });
    }
  } else if (message.stats) {
    await send('bench', await stats());
  } else if (message.description) {
    await peer.setRemoteDescription(message.description);
    for (const candidate of early.splice(0))
      await peer.addIceCandidate(candidate);
    if (message.description.type === 'offer') {
      await peer.setLocalDescription();
      await send(other, { description: peer.localDescription });
    }
  } else if (message.candidate) {
    if (peer?.remoteDescription)
      await peer.addIceCandidate(message.candidate);
    else
      early.push(message.candidate);
  }
}
