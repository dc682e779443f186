// SPDX-License-Identifier: GPL-3.0-or-later

const ROOM_PATH = /^\/(?:parties\/[A-Za-z0-9_-]{1,64}|party)\/([A-Za-z0-9_-]{1,64})$/;
const ID = /^[A-Za-z0-9_-]{22,64}$/;

/** Who a client says it is. */
export interface Identity {
  peerId: string;
  secret: string | null;
}

/** The ROOM of `/parties/PARTY/ROOM` or `/party/ROOM`, or null if the path names none. */
export function parseRoom(path: string): string | null {
  return ROOM_PATH.exec(path)?.[1] ?? null;
}

/**
 * Reads `_pk` and `_rs`; the second may be missing, but not wrong. Other parameters are the
 * client's own business (PartySocket has some).
 */
export function parseIdentity(query: URLSearchParams): Identity | null {
  const peerId = query.get('_pk');
  const secret = query.get('_rs');

  if (peerId === null || !ID.test(peerId)) return null;
  if (secret !== null && !ID.test(secret)) return null;

  return { peerId, secret };
}
