// SPDX-License-Identifier: GPL-3.0-or-later

/** A room as in PartyKit's tutorials: it only broadcasts, and says who has gone. */
export default class PlainRoom {
  constructor(room) {
    this.room = room;
  }

  onMessage(message, sender) {
    this.room.broadcast(message, [sender.id]);
  }

  onClose(connection) {
    const message = JSON.stringify({ type: 'peer-disconnected', peerId: connection.id });
    this.room.broadcast(message, [connection.id]);
  }
}
