// SPDX-License-Identifier: GPL-3.0-or-later

import { _, language } from '../i18n/i18n.js';
import { h, icon } from './dom.js';

const ALARMING = ['fingerprint', 'verification'];

function title(reason) {
  return (
    {
      'room-full': _('The Call Is Full'),
      'connection-lost': _('Connection Lost'),
      expired: _('The Call Has Expired'),
      'not-allowed': _('Not Allowed'),
      'taken-over': _('Continued Elsewhere'),
      busy: _('Busy'),
      fingerprint: _('Not Safe to Go On'),
      verification: _('Not Safe to Go On'),
      protocol: _('The Call Failed'),
      failed: _('The Call Failed'),
    }[reason] ?? _('Call Ended')
  );
}

function body(reason, name, host) {
  const values = { name: name || _('The other person'), host };
  return {
    left: () => _('You left.'),
    'remote-left': () => _('{name} left.', values),
    'room-full': () =>
      _('Two people are in this call already, and it is made for two. Try again when one has left.'),
    'connection-lost': () =>
      _('{name} could not be reached for a minute. The link is still good: rejoin to try again.',
        values),
    expired: () => _('A call’s link is good for one day. Ask for a new one.'),
    'not-allowed': () =>
      _('{host} does not let you start this call. Ask the person who sent the link to join first.',
        values),
    'taken-over': () => _('You joined this call from another tab.'),
    busy: () => _('{name} is in a call with somebody else. Try again later.', values),
    fingerprint: () =>
      _('The encryption key at the other end is not the one that was announced. Somebody may have ' +
        'tried to listen in, so the call was ended.'),
    verification: () =>
      _('The proof of who is at the other end does not fit. Somebody may have tried to listen in, ' +
        'so the call was ended.'),
    protocol: () =>
      _('The other end said something that this page does not understand. Rejoin to try again.'),
    failed: () => _('Something went wrong. Rejoin to try again.'),
  }[reason]();
}

/** A length of time in words, from its two largest units. */
export function durationText(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  const parts = [
    [Math.floor(seconds / 3600), 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const used = parts.filter(([count]) => count > 0).slice(0, 2);
  const written = (used.length > 0 ? used : [[0, 'second']]).map(([count, unit]) =>
    new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count),
  );
  return written.join(', ');
}

/** After the call: how long it was, why it ended, and the way back. */
export class EndedView {
  constructor({ session, rejoin }) {
    const { endReason, duration, remote, link } = session;
    const isAlarming = ALARMING.includes(endReason);
    this.heading = h('h1', { tabIndex: -1 }, title(endReason));
    this.element = h(
      'main',
      { class: 'status-page ended' },
      h(
        'div',
        { class: isAlarming ? 'big-icon alarming' : 'big-icon' },
        icon(isAlarming ? 'shield-warning' : 'hang-up'),
      ),
      this.heading,
      h('p', { role: 'status' }, body(endReason, remote.name, link.host)),
      duration > 0 ? h('p', { class: 'dim duration' }, durationText(duration)) : null,
      h('button', { type: 'button', class: 'pill suggested', click: rejoin }, _('Rejoin')),
      h('p', { class: 'dim footnote' }, _('You can close this tab.')),
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
