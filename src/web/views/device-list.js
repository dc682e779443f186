// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { h, icon, setText } from './dom.js';
import { problemText } from './problem-text.js';

const canChooseSpeaker = 'setSinkId' in HTMLMediaElement.prototype;

class DeviceRow {
  constructor({ kind, title, iconName, media }) {
    const id = `device-${kind}-${DeviceRow.count++}`;
    this.kind = kind;
    this.media = media;
    this.select = h('select', { id, change: () => this.choose() });
    this.problem = h('p', { class: 'problem', hidden: true });
    this.element = h(
      'div',
      { class: 'row' },
      icon(iconName),
      h(
        'div',
        { class: 'row-text' },
        h('label', { class: 'row-title', for: id }, title),
        this.select,
        this.problem,
      ),
    );
  }

  choose() {
    this.media.choose(this.kind, this.select.value);
  }

  update() {
    const { kind, media } = this;
    const devices = media.devices[kind];
    const text = problemText(kind === 'speaker' ? 'camera' : kind, media.problems[kind] ?? null);
    const hasProblem = kind !== 'speaker' && text !== null;

    this.fill(devices, media.chosen(kind));
    this.element.classList.toggle('has-problem', hasProblem);
    this.element.hidden = kind === 'speaker' && (!canChooseSpeaker || devices.length < 1);
    this.problem.hidden = !hasProblem;
    if (hasProblem) setText(this.problem, `${text.title}. ${text.mend}`);
  }

  fill(devices, chosen) {
    const labels = devices.map((d, i) => d.label || _('Device {number}', { number: i + 1 }));
    const key = JSON.stringify([devices.map((d) => d.deviceId), labels]);
    if (key !== this.key) {
      this.key = key;
      this.select.replaceChildren(
        ...devices.map((d, i) => h('option', { value: d.deviceId }, labels[i])),
      );
      if (devices.length === 0) this.select.append(h('option', { value: '' }, _('None')));
    }
    this.select.disabled = devices.length < 1;
    if (chosen !== null && devices.some((d) => d.deviceId === chosen)) this.select.value = chosen;
  }
}

DeviceRow.count = 0;

/** Choices of camera, microphone and, where the browser can, speaker. */
export class DeviceList {
  #rows;

  constructor(media) {
    this.#rows = [
      new DeviceRow({ kind: 'camera', title: _('Camera'), iconName: 'camera', media }),
      new DeviceRow({ kind: 'microphone', title: _('Microphone'), iconName: 'microphone', media }),
      new DeviceRow({ kind: 'speaker', title: _('Speaker'), iconName: 'speaker', media }),
    ];
    this.element = h('div', { class: 'card list' }, ...this.#rows.map((row) => row.element));
    media.on('change', () => this.update());
    this.update();
  }

  update() {
    for (const row of this.#rows) row.update();
  }
}
