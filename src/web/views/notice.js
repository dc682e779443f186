// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { appBanner } from './app-banner.js';
import { h, icon } from './dom.js';

function texts(obstacle, host) {
  return {
    code: [
      _('There Is No Call in This Link'),
      _('The part behind “#” is missing or damaged. Ask for the whole link again.'),
    ],
    'code-mistyped': [
      _('The Code Has a Typing Mistake'),
      _('Compare it with the one that you were given, and mend it in the address bar.'),
    ],
    insecure: [
      _('This Page Is Not Secure'),
      _('Over http:// a browser gives no page a camera, a microphone or encryption. Open the ' +
        'call in Duologue, or ask whoever runs {host} for https://.', { host }),
    ],
    webrtc: [
      _('This Browser Makes No Calls'),
      _('It has no WebRTC, or an extension or its settings block it. Allow it for this page, or ' +
        'use another browser.'),
    ],
  }[obstacle];
}

/** Why there can be no call on this page, and what to do instead. */
export class NoticeView {
  constructor(obstacle, host, link) {
    const [title, body] = texts(obstacle, host);
    this.heading = h('h1', { tabIndex: -1 }, title);
    this.element = h(
      'div',
      { class: 'lobby' },
      link === null ? null : appBanner(link),
      h(
        'main',
        { class: 'status-page' },
        h('div', { class: 'big-icon' }, icon('warning')),
        this.heading,
        h('p', { role: 'alert' }, body),
        h(
          'button',
          { type: 'button', class: 'pill', click: () => globalThis.location.reload() },
          _('Try Again'),
        ),
      ),
    );
  }

  focus() {
    this.heading.focus();
  }

  key() {
    return false;
  }

  close() {}
}
