// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { h, icon } from './dom.js';

/* Duologue runs on desktops: phones and tablets are not offered it. */
function isDesktop() {
  const { userAgent, maxTouchPoints } = navigator;
  const isTablet = userAgent.includes('Macintosh') && maxTouchPoints > 1;
  return !isTablet && !/Android|iPhone|iPad|Mobile/.test(userAgent);
}

function explanation() {
  return h(
    'div',
    { class: 'banner-more', id: 'get-app', hidden: true },
    h(
      'p',
      {},
      _('Duologue is free software for Linux desktops. Look for “Duologue” in your system’s ' +
        'software catalogue, install it, and open this link again.'),
    ),
  );
}

/** The offer to take the call in the app; null where there can be none. */
export function appBanner(link) {
  if (!isDesktop()) return null;
  const more = explanation();
  const how = h(
    'button',
    {
      type: 'button',
      class: 'flat',
      'aria-expanded': 'false',
      'aria-controls': 'get-app',
      click: () => {
        more.hidden = !more.hidden;
        how.setAttribute('aria-expanded', String(!more.hidden));
      },
    },
    _('How to Get It'),
  );
  return h(
    'aside',
    { class: 'banner', 'aria-label': _('Duologue, the app') },
    h(
      'div',
      { class: 'banner-row' },
      h('img', { class: 'app-icon', src: '/call/icon.svg', alt: '', width: 32, height: 32 }),
      h('p', { class: 'banner-text' }, _('Do you have Duologue on this computer?')),
      h('a', { class: 'pill small', href: link.toAppUri() }, icon('open'), _('Open in Duologue')),
      how,
    ),
    more,
  );
}
