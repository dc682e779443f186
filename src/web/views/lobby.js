// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { LevelMeter } from '../media/level-meter.js';
import { NAME_MAX_CHARS, toPlainText } from '../protocol/text.js';
import { appBanner } from './app-banner.js';
import { avatar, setAvatar } from './avatar.js';
import { DeviceList } from './device-list.js';
import { h, setText, setToggle, showTrack, toggle } from './dom.js';
import { problemText } from './problem-text.js';

const METER_BARS = 9;
const COMPANY_INTERVAL = 5_000;

/** Before the call: how one looks and sounds, who is there, and Join. */
export class LobbyView {
  #media;
  #link;
  #company;
  #timer;
  #meter = new LevelMeter((level) => this.#showLevel(level));
  #update = () => this.update();

  constructor({ link, media, displayName, askCompany, join }) {
    this.#media = media;
    this.#link = link;
    this.#company = askCompany;
    this.#build(displayName, join);
    media.on('change', this.#update);
    this.update();
    this.#ask();
    this.#timer = setInterval(() => this.#ask(), COMPANY_INTERVAL);
  }

  #build(displayName, join) {
    this.name = h('input', {
      id: 'name',
      type: 'text',
      maxLength: NAME_MAX_CHARS,
      autocomplete: 'name',
      placeholder: _('How the other person sees you'),
      value: displayName,
      input: () => this.update(),
    });
    this.title = h('h1', { id: 'company' }, _('Ready to Join?'));
    this.body = h('p', { class: 'dim', role: 'status' });
    this.joinButton = h('button', { type: 'submit', class: 'pill suggested' }, _('Join'));
    const form = h(
      'form',
      {
        class: 'lobby-form',
        submit: (event) => {
          event.preventDefault();
          join(toPlainText(this.name.value, NAME_MAX_CHARS));
        },
      },
      h(
        'section',
        { class: 'stage', 'aria-labelledby': 'company' },
        this.#buildPreview(),
        this.title,
        this.body,
        this.joinButton,
      ),
      this.#buildSide(),
    );
    this.element = h(
      'div',
      { class: 'lobby' },
      appBanner(this.#link),
      h('main', { class: 'lobby-main' }, form),
    );
  }

  #buildPreview() {
    const media = this.#media;
    this.video = h('video', {
      class: 'mirrored',
      autoplay: true,
      muted: true,
      playsInline: true,
      'aria-label': _('Your own picture, mirrored'),
    });
    this.avatar = avatar();
    this.coverTitle = h('p', { class: 'cover-title' });
    this.coverBody = h('p', { class: 'cover-body' });
    this.cover = h('div', { class: 'cover' }, this.avatar, this.coverTitle, this.coverBody);
    this.microphone = toggle({
      label: _('Microphone'),
      click: () => media.setMicrophoneEnabled(!media.microphoneEnabled),
    });
    this.camera = toggle({
      label: _('Camera'),
      click: () => media.setCameraEnabled(!media.cameraEnabled),
    });
    this.bars = Array.from({ length: METER_BARS }, () => h('span'));
    this.meter = h(
      'div',
      {
        class: 'meter',
        role: 'meter',
        'aria-label': _('Microphone level'),
        'aria-valuemin': '0',
        'aria-valuemax': '100',
        'aria-valuenow': '0',
      },
      ...this.bars,
    );
    return h(
      'div',
      { class: 'preview' },
      this.video,
      this.cover,
      h('div', { class: 'switches' }, this.microphone, this.meter, this.camera),
    );
  }

  #buildSide() {
    this.devices = new DeviceList(this.#media);
    return h(
      'section',
      { class: 'side', 'aria-label': _('Your name and devices') },
      h(
        'div',
        { class: 'card list' },
        h(
          'div',
          { class: 'row' },
          h(
            'div',
            { class: 'row-text' },
            h('label', { class: 'row-caption', for: 'name' }, _('Your name')),
            this.name,
          ),
        ),
      ),
      this.devices.element,
      h(
        'p',
        { class: 'footnote dim' },
        _('Sound and picture go straight to the other person, encrypted. This page comes from ' +
          '{host}: it is as trustworthy as {host}.', { host: this.#link.host }),
      ),
    );
  }

  update() {
    const media = this.#media;
    const hasPicture = media.cameraTrack !== null;
    showTrack(this.video, media.cameraTrack);
    this.video.hidden = !hasPicture;
    this.cover.hidden = hasPicture;
    this.meter.hidden = media.microphoneTrack === null;
    this.#updateCover();
    setToggle(this.microphone, {
      pressed: media.microphoneEnabled,
      iconName: media.microphoneEnabled ? 'microphone' : 'microphone-off',
      title: media.microphoneEnabled
        ? _('Turn Microphone Off (Ctrl+D)')
        : _('Turn Microphone On (Ctrl+D)'),
    });
    setToggle(this.camera, {
      pressed: media.cameraEnabled,
      iconName: media.cameraEnabled ? 'camera' : 'camera-off',
      title: media.cameraEnabled ? _('Turn Camera Off (Ctrl+E)') : _('Turn Camera On (Ctrl+E)'),
    });
    this.#meter.setTrack(media.hasMicrophone ? media.microphoneTrack : null);
  }

  #updateCover() {
    const media = this.#media;
    const problem = media.cameraEnabled ? problemText('camera', media.problems.camera) : null;
    const title = media.isStarting
      ? _('The camera is starting')
      : (problem?.title ?? _('Your camera is off'));
    setAvatar(this.avatar, this.name.value);
    setText(this.coverTitle, title);
    setText(this.coverBody, media.isStarting ? '' : (problem?.mend ?? ''));
  }

  #showLevel(level) {
    const lit = Math.round(level * METER_BARS);
    this.bars.forEach((bar, i) => bar.classList.toggle('lit', i < lit));
    this.meter.setAttribute('aria-valuenow', String(Math.round(level * 100)));
  }

  async #ask() {
    const values = { host: this.#link.host };
    const company = await this.#company();
    const [title, body] = {
      nobody: [
        _('Nobody Is Here Yet'),
        _('If you expected somebody, check the link. The call is on {host}.', values),
      ],
      somebody: [_('Somebody Is Waiting for You'), _('The call is on {host}.', values)],
      full: [
        _('The Call Is Full'),
        _('Two people are in this call on {host} already. Join to wait for one of them to leave.',
          values),
      ],
      unreachable: [
        _('No Answer from the Server'),
        _('Check that this computer is online and that {host} is running.', values),
      ],
    }[company];
    setText(this.title, title);
    setText(this.body, body);
  }

  focus() {
    this.joinButton.focus();
  }

  key(event) {
    const media = this.#media;
    if (event.key === 'd') media.setMicrophoneEnabled(!media.microphoneEnabled);
    else if (event.key === 'e') media.setCameraEnabled(!media.cameraEnabled);
    else return false;
    return true;
  }

  close() {
    clearInterval(this.#timer);
    this.#media.off('change', this.#update);
    this.#meter.close();
  }
}
