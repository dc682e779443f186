// SPDX-License-Identifier: GPL-3.0-or-later

/* The strict check is the guest page's: plain JavaScript without anything of a browser. */
import { parseJson } from '../web/protocol/json.js';

const SERVER_TYPES = new Set([
  'room-joined',
  'peer-joined',
  'peer-disconnected',
  'announcement',
  'pong',
  'error',
]);

export type ClientFrame =
  | { kind: 'relay'; to: string | null }
  | { kind: 'ping' }
  | { kind: 'malformed' };

const MALFORMED: ClientFrame = { kind: 'malformed' };

function parse(text: string): Record<string, unknown> | null {
  try {
    return parseJson(text);
  } catch {
    return null;
  }
}

function isOptionalString(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

/**
 * Judges a message. It has to be one strict JSON object with a `type` that is not one of the
 * server's. `from` is the sender's own PEER or, as plain web clients have it, not there. Nothing
 * else in it is looked at.
 */
export function checkClientFrame(text: string, peerId: string): ClientFrame {
  const object = parse(text);
  if (object === null) return MALFORMED;

  const { type, from, to } = object;
  if (typeof type !== 'string' || !isOptionalString(from) || !isOptionalString(to))
    return MALFORMED;
  if (SERVER_TYPES.has(type) || (from !== undefined && from !== peerId)) return MALFORMED;
  if (type === 'ping') return { kind: 'ping' };

  return { kind: 'relay', to: to ?? null };
}
