// SPDX-License-Identifier: GPL-3.0-or-later

/** The WebSocket close codes of a room server (RFC 6455 section 7.4). */
export const CloseCode = {
  goingAway: 1001,
  malformed: 4000,
  takenOver: 4001,
  full: 4003,
  expired: 4004,
  notAllowed: 4005,
  notStarted: 4006,
  tooFast: 4008,
} as const;

export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** What the client is told; nothing where it is to come back. */
export const EXPLANATIONS: Partial<Record<CloseCode, string>> = {
  [CloseCode.malformed]: 'The message or the address is malformed',
  [CloseCode.takenOver]: 'A newer connection has taken the seat',
  [CloseCode.full]: 'The room is full',
  [CloseCode.expired]: 'The room has expired',
  [CloseCode.notAllowed]: "That is somebody else's seat",
  [CloseCode.notStarted]: 'The room has not been started yet',
  [CloseCode.tooFast]: 'Too much or too large',
};
