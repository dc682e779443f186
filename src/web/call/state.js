// SPDX-License-Identifier: GPL-3.0-or-later

/* The same table as the app's. Losing the room server is no event: media never waits for
 * signaling. */
const EDGES = {
  idle: { join: 'preparing', end: 'ended' },
  preparing: { keys: 'joining', end: 'ended' },
  joining: { room: 'waiting', peer: 'connecting', end: 'ended' },
  waiting: { room: 'waiting', peer: 'connecting', end: 'ended' },
  connecting: {
    room: 'connecting',
    peer: 'connecting',
    'peer-gone': 'waiting',
    connected: 'connected',
    lost: 'connecting',
    end: 'ended',
  },
  connected: {
    room: 'connected',
    peer: 'reconnecting',
    lost: 'reconnecting',
    end: 'ended',
  },
  reconnecting: {
    room: 'reconnecting',
    peer: 'reconnecting',
    'peer-gone': 'reconnecting',
    connected: 'connected',
    lost: 'reconnecting',
    end: 'ended',
  },
  ended: {},
};

/** Where an event leads to; null where there is no such edge, and the event has to be ignored. */
export function nextState(from, event) {
  return EDGES[from][event] ?? null;
}
