// SPDX-License-Identifier: GPL-3.0-or-later

/**
 * Why something that came from outside is not taken. The kinds of links and codes are those of
 * tests/vectors; "json", "message", "seal" and "unknown-type" are those of frames.
 */
export class Refusal extends Error {
  constructor(kind, message) {
    super(message);
    this.name = 'Refusal';
    this.kind = kind;
  }
}

export function refuse(kind, message) {
  throw new Refusal(kind, message);
}
