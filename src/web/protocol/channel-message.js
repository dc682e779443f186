// SPDX-License-Identifier: GPL-3.0-or-later

import * as field from './fields.js';
import { BYE_REASONS, PROOF_BYTES } from './peer-message.js';
import { refuse } from './refusal.js';
import { NAME_MAX_CHARS } from './text.js';

export const CHANNEL_MESSAGE_MAX_BYTES = 16 * 1024;
export const CHANNEL_MESSAGES_PER_SECOND = 20;

const READERS = {
  state: (object) => ({
    microphone: field.boolean(object, 'microphone'),
    camera: field.boolean(object, 'camera'),
    screen: field.boolean(object, 'screen'),
    hand: field.boolean(object, 'hand'),
    recording: field.boolean(object, 'recording'),
    displayName: field.plainText(object, 'displayName', NAME_MAX_CHARS),
  }),
  resume: (object) => ({ key: field.bytes(object, 'key', PROOF_BYTES) }),
  ping: (object) => ({ id: field.integer(object, 'id', 0) }),
  pong: (object) => ({ id: field.integer(object, 'id', 0) }),
  bye: (object) => ({ reason: field.choice(object, 'reason', BYE_REASONS) }),
};

/** Reads a message of the data channel and checks every field. */
export function readChannelMessage(object) {
  const type = field.string(object, 'type');
  if (!Object.hasOwn(READERS, type)) refuse('unknown-type', 'A channel message of unknown type');
  return { type, ...READERS[type](object) };
}
