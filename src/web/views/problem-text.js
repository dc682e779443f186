// SPDX-License-Identifier: GPL-3.0-or-later

import { _, N_ } from '../i18n/i18n.js';

const ALLOW = N_('Allow it for this page in the address bar, then load the page again.');

const TEXTS = {
  camera: {
    missing: [
      N_('No camera found'),
      N_('Plug one in, or join without: the other person sees your initials instead.'),
    ],
    busy: [
      N_('The camera is in use'),
      N_('Close the other program that uses it, then turn the camera off and on again.'),
    ],
    denied: [N_('No permission to use the camera'), ALLOW],
    failed: [
      N_('The camera does not work'),
      N_('Turn it off and on again, or choose another one.'),
    ],
  },
  microphone: {
    missing: [
      N_('No microphone found'),
      N_('Plug one in, or join without: the other person cannot hear you.'),
    ],
    busy: [N_('The microphone is in use'), N_('Close the other program that uses it.')],
    denied: [N_('No permission to use the microphone'), ALLOW],
    failed: [
      N_('The microphone does not work'),
      N_('Unplug it and plug it in again, or choose another one.'),
    ],
  },
};

/** What is wrong with a device and how to mend it, or null: {title, mend}. */
export function problemText(kind, problem) {
  const text = TEXTS[kind][problem];
  return text === undefined ? null : { title: _(text[0]), mend: _(text[1]) };
}
