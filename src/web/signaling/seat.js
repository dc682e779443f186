// SPDX-License-Identifier: GPL-3.0-or-later

import { randomId } from '../protocol/bytes.js';
import { isId } from '../protocol/text.js';

/**
 * The SECRET that a seat in a room belongs to. It stays with the tab, so that a page that is loaded
 * again has its own seat at once, and another tab never gets it. A copy of a tab would: it takes the
 * seat over, and the first one says so.
 */
export function takeSeat(roomId, storage) {
  const name = `seat ${roomId}`;
  try {
    const kept = storage.getItem(name);
    if (kept !== null && isId(kept, 22)) return kept;
    const secret = randomId();
    storage.setItem(name, secret);
    return secret;
  } catch {
    /* Storage may be switched off: then the seat lasts as long as the page. */
    return randomId();
  }
}
