// SPDX-License-Identifier: GPL-3.0-or-later

const POLICIES = {
  4000: { action: 'stop', reason: 'protocol' },
  4001: { action: 'stop', reason: 'taken-over' },
  4003: { action: 'retry-full', reason: 'room-full' },
  4004: { action: 'stop', reason: 'expired' },
  4005: { action: 'stop', reason: 'not-allowed' },
  4006: { action: 'retry-later', reason: 'not-allowed' },
  4008: { action: 'stop', reason: 'protocol' },
};

/**
 * What to do about a connection that has ended without our asking. Only the codes from 4000 to 4999
 * are the room's own word; all others say that the server or the network has gone.
 */
export function closePolicy(code) {
  if (Object.hasOwn(POLICIES, code)) return POLICIES[code];
  if (code >= 4000 && code <= 4999) return { action: 'stop', reason: 'not-allowed' };
  return { action: 'retry', reason: null };
}
