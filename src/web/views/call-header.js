// SPDX-License-Identifier: GPL-3.0-or-later

import { _, language } from '../i18n/i18n.js';
import { h, icon, setIcon, setText } from './dom.js';

const QUALITIES = () => [
  _('No connection'),
  _('Poor connection'),
  _('Fair connection'),
  _('Good connection'),
];

/** 75 seconds as 1:15. */
export function timerText(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const pad = (number) => String(number).padStart(2, '0');
  const head = hours > 0 ? `${hours}:${pad(minutes)}` : `${minutes}`;
  return `${head}:${pad(seconds % 60)}`;
}

/** The top of a call: shield, quality, name and timer. */
export class CallHeader {
  #session;

  constructor({ session, toggleSafety, safetyId }) {
    this.#session = session;
    this.shield = h(
      'button',
      {
        type: 'button',
        class: 'flat',
        title: _('Who Can See and Hear This Call'),
        'aria-label': _('Safety pictures'),
        'aria-expanded': 'false',
        'aria-controls': safetyId,
        click: toggleSafety,
      },
      icon('shield'),
    );
    this.bars = [1, 2, 3].map((n) => h('span', { class: `bar bar-${n}` }));
    this.quality = h('div', { class: 'quality', role: 'img' }, ...this.bars);
    this.name = h('p', { class: 'name' });
    this.timer = h('p', { class: 'timer', role: 'timer', 'aria-label': _('Length of the call') });
    this.element = h(
      'header',
      { class: 'top' },
      h('div', { class: 'start' }, this.shield, this.quality),
      h('div', { class: 'center' }, this.name, this.timer),
      h('div', { class: 'end' }),
    );
  }

  update() {
    const { state, remote, safety, quality } = this.#session;
    const isUp = state === 'connected' || state === 'reconnecting';
    setText(this.name, remote.name === null ? 'Duologue' : remote.name || _('Somebody'));
    this.shield.hidden = !isUp;
    this.quality.hidden = !isUp;
    this.timer.hidden = !isUp;
    setIcon(this.shield, safety.status === 'unverifiable' || safety.isRenewed
      ? 'shield-warning'
      : 'shield');
    const shown = state === 'connected' ? quality : 0;
    this.bars.forEach((bar, i) => bar.classList.toggle('lit', i < shown));
    this.quality.classList.toggle('poor', shown <= 1);
    this.quality.setAttribute('aria-label', QUALITIES()[shown]);
    this.tick();
  }

  tick() {
    const { startedAt } = this.#session;
    if (startedAt !== 0) setText(this.timer, timerText(Date.now() - startedAt));
  }

  showStats(stats) {
    if (stats === null) return;
    const number = (value, digits = 0) =>
      new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
    const lines = [QUALITIES()[this.#session.quality]];
    if (stats.roundTrip >= 0)
      lines.push(_('Round trip: {ms} ms', { ms: number(stats.roundTrip) }));
    lines.push(
      _('Loss: {percent} %', { percent: number(stats.loss, 1) }),
      _('Received: {in} Mbit/s, sent: {out} Mbit/s', {
        in: number(stats.receiveBitrate / 1e6, 1),
        out: number(stats.sendBitrate / 1e6, 1),
      }),
    );
    if (stats.width > 0)
      lines.push(
        _('Picture: {width} × {height}, {rate} frames per second', {
          width: stats.width,
          height: stats.height,
          rate: number(stats.framesPerSecond),
        }),
      );
    this.quality.title = lines.join('\n');
  }
}
