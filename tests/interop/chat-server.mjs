// SPDX-License-Identifier: GPL-3.0-or-later

/* A server for peer-to-peer chats: it lets into rooms who asks for it, tells the others, and delivers
 * what is for somebody to that one alone. */

import { createRequire } from 'node:module';

const { WebSocketServer } = createRequire(
  new URL('../server/conformance/package.json', import.meta.url),
)('ws');

function infoOf({ id, displayName, joinedAt }) {
  return { id, displayName, joinedAt };
}

/** On a port of its own. */
export class ChatServer {
  #rooms = new Map();
  #sockets = new WebSocketServer({ port: 0, host: 'localhost' });

  static async start() {
    const server = new ChatServer();
    await new Promise((resolve) => server.#sockets.on('listening', resolve));
    server.port = server.#sockets.address().port;
    server.#sockets.on('connection', (socket) => server.#welcome(socket));
    return server;
  }

  #welcome(socket) {
    let leave = () => {};
    socket.on('message', (data) => {
      const message = JSON.parse(data);
      if (message.type === 'join_room') leave = this.#join(socket, message);
      else if (message.type === 'leave_room') leave();
      else if (['offer', 'answer', 'ice_candidate'].includes(message.type)) this.#deliver(message);
    });
    socket.on('close', () => leave());
  }

  #join(socket, { roomId, peerId: id, displayName }) {
    const peer = { id, displayName, joinedAt: Date.now(), socket };
    const room = this.#rooms.get(roomId) ?? new Map();
    this.#rooms.set(roomId, room);
    const others = [...room.values()].filter((other) => other.id !== id);
    room.set(id, peer);
    this.#tell([peer], { type: 'room_joined', roomId, peers: others.map(infoOf) });
    this.#tell(others, { type: 'peer_joined', peer: infoOf(peer) });
    return () => {
      if (room.get(id) !== peer) return;
      room.delete(id);
      this.#tell(room.values(), { type: 'peer_left', peerId: id });
    };
  }

  #deliver(message) {
    for (const room of this.#rooms.values())
      if (room.has(message.to)) this.#tell([room.get(message.to)], message);
  }

  #tell(peers, message) {
    for (const { socket } of peers) socket.send(JSON.stringify(message));
  }

  async stop() {
    for (const socket of this.#sockets.clients) socket.terminate();
    await new Promise((resolve) => this.#sockets.close(resolve));
  }
}
