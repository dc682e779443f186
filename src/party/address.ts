// SPDX-License-Identifier: GPL-3.0-or-later

const ROOM_PATH = /^\/(?:parties\/([A-Za-z0-9_-]{1,64})|party)\/([A-Za-z0-9_-]{1,64})$/;
const ID = /^[A-Za-z0-9_-]{22,64}$/;

/** Who a client says it is. */
export interface Identity {
  peerId: string;
  secret: string | null;
  /** Where starting a room is restricted. */
  token: string | null;
}

/** A room's PARTY and ROOM. */
export interface Address {
  party: string;
  room: string;
}

/** Reads `/parties/PARTY/ROOM` and `/party/ROOM`; null if the path names no room. */
export function parseAddress(path: string): Address | null {
  const [, party = 'main', room] = ROOM_PATH.exec(path) ?? [];
  return room === undefined ? null : { party, room };
}

/**
 * Reads `_pk`, `_rs` and `_tk`; the second may be missing, but not wrong. Other parameters are the
 * client's own business (PartySocket has some).
 */
export function parseIdentity(query: URLSearchParams): Identity | null {
  const peerId = query.get('_pk');
  const secret = query.get('_rs');

  if (peerId === null || !ID.test(peerId)) return null;
  if (secret !== null && !ID.test(secret)) return null;

  return { peerId, secret, token: query.get('_tk') };
}
