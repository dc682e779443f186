// SPDX-License-Identifier: GPL-3.0-or-later

/* A wire tap between browsers and server: keeps every byte that the server receives. */

import { connect, createServer } from 'node:net';

/* Takes the mask off the frames that clients send (RFC 6455 section 5.3). */
function unmask(bytes) {
  const payloads = [];
  let at = 0;
  while (at + 6 <= bytes.length) {
    let length = bytes[at + 1] & 0x7f;
    let head = at + 2;
    if (length === 126) {
      length = bytes.readUInt16BE(head);
      head += 2;
    } else if (length === 127) {
      length = Number(bytes.readBigUInt64BE(head));
      head += 8;
    }
    const mask = bytes.subarray(head, head + 4);
    const payload = Buffer.from(bytes.subarray(head + 4, head + 4 + length));
    payload.forEach((byte, i) => (payload[i] = byte ^ mask[i % 4]));
    payloads.push(payload.toString());
    at = head + 4 + length;
  }
  return payloads;
}

export class Recorder {
  #connections = [];
  #server;

  static async start(target) {
    const recorder = new Recorder();
    recorder.#server = createServer((socket) => recorder.#take(socket, target));
    await new Promise((resolve) => recorder.#server.listen(0, 'localhost', resolve));
    recorder.port = recorder.#server.address().port;
    return recorder;
  }

  #take(socket, target) {
    const chunks = [];
    const upstream = connect(target, 'localhost');
    this.#connections.push(chunks);
    socket.on('data', (data) => chunks.push(data));
    for (const end of [socket, upstream]) end.on('error', () => {});
    socket.pipe(upstream).pipe(socket);
  }

  /** The heads of all requests, and the texts of all WebSocket frames. */
  get received() {
    const requests = [];
    const frames = [];
    for (const chunks of this.#connections) {
      const bytes = Buffer.concat(chunks);
      const upgrade = /^GET [^\r]*\/parties\/.*?Upgrade: websocket/is.test(bytes.toString('latin1'));
      const end = bytes.indexOf('\r\n\r\n') + 4;
      requests.push(upgrade ? bytes.subarray(0, end).toString() : bytes.toString());
      if (upgrade) frames.push(...unmask(bytes.subarray(end)));
    }
    return { requests, frames };
  }

  stop() {
    this.#server.close();
  }
}
