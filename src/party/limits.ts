// SPDX-License-Identifier: GPL-3.0-or-later

import type { RoomRules } from './room';

/** What a room keeps to; duologue-server has options of the same names. */
export interface Limits {
  room: RoomRules;
  /** Bytes. */
  messageSize: number;
  messageRate: number;
  messageBurst: number;
  /** Bytes a second. */
  byteRate: number;
  byteBurst: number;
  /** Milliseconds. */
  pingInterval: number;
}

export type Environment = Record<string, unknown>;

function number(env: Environment, name: string, fallback: number): number {
  const value = env[name];
  if (value === undefined || value === '') return fallback;

  const text = String(value);
  if (!/^[0-9]{1,9}(\.[0-9]{1,3})?$/.test(text)) throw new Error(`${name} is no number`);
  return Number(text);
}

/** Reads the limits from environment variables: MAX_PARTICIPANTS, SEAT_HOLD (seconds)… */
export function readLimits(env: Environment): Limits {
  return {
    room: {
      maxParticipants: number(env, 'MAX_PARTICIPANTS', 2),
      lifetime: number(env, 'ROOM_LIFETIME', 24 * 60 * 60) * 1000,
      seatHold: number(env, 'SEAT_HOLD', 30) * 1000,
      linger: number(env, 'EMPTY_ROOM_TIME', 60) * 1000,
    },
    messageSize: number(env, 'MESSAGE_SIZE', 64 * 1024),
    messageRate: number(env, 'MESSAGE_RATE', 50),
    messageBurst: number(env, 'MESSAGE_BURST', 200),
    byteRate: number(env, 'BYTE_RATE', 64 * 1024),
    byteBurst: number(env, 'BYTE_BURST', 512 * 1024),
    pingInterval: number(env, 'PING_INTERVAL', 15) * 1000,
  };
}
