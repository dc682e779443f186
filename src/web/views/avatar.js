// SPDX-License-Identifier: GPL-3.0-or-later

import { h } from './dom.js';

const N_COLORS = 8;

function initials(name) {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words;
  return chosen.map((word) => [...word][0].toLocaleUpperCase()).join('');
}

/** A disc with somebody's initials; who it is stands beside it. */
export function avatar() {
  return h('div', { class: 'avatar', 'aria-hidden': 'true' });
}

export function setAvatar(element, name) {
  let sum = 0;
  for (const c of name) sum = (sum * 31 + c.codePointAt(0)) % N_COLORS;
  element.className = `avatar color-${sum}`;
  element.textContent = initials(name) || '?';
}
