// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { PICTURES } from '../protocol/safety.js';
import { h, setText } from './dom.js';

function title(status) {
  return {
    emoji: _('Compare These Pictures'),
    unverifiable: _('Cannot Be Verified'),
    none: _('Not Verified Yet'),
  }[status];
}

function body(status, name) {
  return {
    emoji: _('Tell each other what you see. If both see the same four pictures, in the same ' +
      'order, nobody sits between you.'),
    unverifiable: _('The call is encrypted, but {name}’s program takes no part in comparing ' +
      'pictures.', { name }),
    none: _('As soon as both sides have made themselves known there are four pictures to compare.'),
  }[status];
}

/** What the shield opens: the four pictures, and how far they are to be trusted here. */
export class SafetyPanel {
  #session;
  #shown = '';

  constructor(session, id) {
    this.#session = session;
    this.title = h('h2', {});
    this.pictures = h('ul', { class: 'pictures' });
    this.body = h('p', {});
    this.renewed = h('p', { class: 'warning', hidden: true });
    this.element = h(
      'section',
      { id, class: 'panel safety', tabIndex: -1, hidden: true, 'aria-label': _('Safety pictures') },
      this.title,
      this.pictures,
      this.body,
      this.renewed,
      h('hr'),
      h('h2', {}, _('As trustworthy as {host}', { host: session.link.host })),
      h(
        'p',
        {},
        _('This page comes from {host}. Whoever runs it could change the page to look and listen, ' +
          'and nothing shown here would tell. Between two people with the app that cannot be.',
          { host: session.link.host }),
      ),
    );
  }

  update() {
    const { safety, remote } = this.#session;
    const key = JSON.stringify([safety, remote.name]);
    if (key === this.#shown) return;
    this.#shown = key;
    setText(this.title, title(safety.status));
    setText(this.body, body(safety.status, remote.name || _('The other person')));
    setText(this.renewed, _('The connection was made anew and could not be tied to the one before. ' +
      'Compare again.'));
    this.renewed.hidden = !safety.isRenewed || safety.status === 'none';
    this.pictures.hidden = safety.emoji === null;
    this.pictures.replaceChildren(
      ...(safety.emoji ?? []).map((index) => {
        const [picture, word] = PICTURES[index];
        return h(
          'li',
          {},
          h('span', { class: 'picture', 'aria-hidden': 'true' }, picture),
          h('span', { class: 'word' }, _(word)),
        );
      }),
    );
  }
}
