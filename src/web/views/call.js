// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { avatar, setAvatar } from './avatar.js';
import { CallBar } from './call-bar.js';
import { CallHeader } from './call-header.js';
import { CallStatus } from './call-status.js';
import { DeviceList } from './device-list.js';
import { h, icon, setText, showTrack } from './dom.js';
import { SafetyPanel } from './safety-panel.js';
import { WakeLock } from './wake-lock.js';

const FADE_AFTER = 3_000;
const NOTICE_FOR = 5_000;

/** The call: the other's picture, one's own, and what floats above them. */
export class CallView {
  #session;
  #media;
  #fadeTimer = null;
  #noticeTimer = null;
  #clock;
  #wakeLock = new WakeLock();
  #update = () => this.update();
  #wake = () => this.#stayAwake();

  constructor({ session, media }) {
    this.#session = session;
    this.#media = media;
    this.#build();
    session.on('change', this.#update);
    session.on('stats', () => this.header.showStats(session.stats));
    media.on('change', this.#update);
    document.addEventListener('fullscreenchange', this.#update);
    for (const type of ['pointermove', 'pointerdown', 'keydown', 'focusin'])
      this.element.addEventListener(type, this.#wake);
    this.#clock = setInterval(() => this.header.tick(), 1000);
    this.update();
    this.#stayAwake();
  }

  #build() {
    const session = this.#session;
    const leave = () => session.hangUp();
    this.video = h('video', {
      class: 'remote',
      autoplay: true,
      playsInline: true,
      'aria-label': _('The other person’s picture'),
      dblclick: () => this.#toggleFullScreen(),
    });
    this.header = new CallHeader({
      session,
      safetyId: 'safety',
      toggleSafety: () => this.#togglePanel(this.safety.element, this.header.shield),
    });
    this.status = new CallStatus({ session, leave });
    this.safety = new SafetyPanel(session, 'safety');
    this.devices = new DeviceList(this.#media);
    this.more = h(
      'section',
      { class: 'panel more', id: 'more', hidden: true, tabIndex: -1, 'aria-label': _('Devices') },
      this.devices.element,
    );
    this.bar = new CallBar({
      media: this.#media,
      hangUp: leave,
      toggleFullScreen: () => this.#toggleFullScreen(),
      toggleMore: () => this.#togglePanel(this.more, this.bar.more),
      moreId: 'more',
      complain: (text) => this.#complain(text),
    });
    this.#buildNotices();
    this.#buildSelfView();
    this.element = h(
      'main',
      { class: 'call', 'aria-label': _('Call') },
      this.video,
      this.cameraOff,
      this.header.element,
      this.status.element,
      this.notices,
      this.safety.element,
      this.selfView,
      this.more,
      this.bar.element,
      this.live,
    );
  }

  #buildNotices() {
    this.remoteAvatar = avatar();
    this.cameraOffText = h('p', {});
    this.cameraOff = h('div', { class: 'camera-off' }, this.remoteAvatar, this.cameraOffText);
    this.mutedText = h('span', {});
    this.muted = h('p', { class: 'notice' }, icon('microphone-off'), this.mutedText);
    this.sharing = h(
      'p',
      { class: 'notice sharing' },
      icon('screen'),
      h('span', {}, _('You are sharing your screen')),
      h('button', { type: 'button', click: () => this.#media.stopSharing() }, _('Stop')),
    );
    this.silent = h(
      'p',
      { class: 'notice', hidden: true },
      icon('speaker'),
      h('button', { type: 'button', click: () => this.#play() }, _('Play Sound')),
    );
    this.complaint = h('p', { class: 'notice', role: 'alert', hidden: true });
    this.announcement = h('p', { class: 'notice announcement', hidden: true });
    this.notices = h(
      'div',
      { class: 'notices' },
      this.silent,
      this.muted,
      this.sharing,
      this.announcement,
      this.complaint,
    );
    this.live = h('p', { class: 'visually-hidden', role: 'status' });
  }

  #buildSelfView() {
    this.selfVideo = h('video', { autoplay: true, muted: true, playsInline: true });
    this.selfOff = h('div', { class: 'self-off', 'aria-hidden': 'true' }, icon('camera-off'));
    this.selfView = h(
      'div',
      { class: 'self-view', role: 'img', 'aria-label': _('Your own picture') },
      this.selfVideo,
      this.selfOff,
    );
  }

  #togglePanel(panel, button) {
    const isOpen = panel.hidden;
    this.#closePanels();
    panel.hidden = !isOpen;
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) panel.focus();
  }

  #closePanels() {
    for (const [panel, button] of [
      [this.safety.element, this.header.shield],
      [this.more, this.bar.more],
    ]) {
      if (panel.contains(document.activeElement)) button.focus();
      panel.hidden = true;
      button.setAttribute('aria-expanded', 'false');
    }
  }

  async #toggleFullScreen() {
    try {
      if (document.fullscreenElement === null) await document.documentElement.requestFullscreen();
      else await document.exitFullscreen();
    } catch (error) {
      console.debug('No full screen:', error.message);
    }
  }

  #complain(text) {
    setText(this.complaint, text);
    this.complaint.hidden = false;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => {
      this.complaint.hidden = true;
    }, NOTICE_FOR);
  }

  /* Browsers may hold sound back until something was pressed. */
  async #play() {
    try {
      await this.video.play();
      this.silent.hidden = true;
    } catch (error) {
      if (error.name === 'NotAllowedError') this.silent.hidden = false;
    }
  }

  update() {
    const { state } = this.#session;
    this.element.dataset.state = state;
    this.#wakeLock.setWanted(state !== 'ended');
    this.#updateRemote();
    this.#updateNotices();
    this.#updateSelf();
    this.header.update();
    this.status.update();
    this.safety.update();
    this.bar.update();
    this.#updateSpeech();
    if (this.header.shield.hidden) this.safety.element.hidden = true;
  }

  get #hasPicture() {
    const { state, remote } = this.#session;
    return (state === 'connected' || state === 'reconnecting') && (remote.camera || remote.screen);
  }

  #updateRemote() {
    const { state, remote, stream } = this.#session;
    const isUp = state === 'connected' || state === 'reconnecting';
    const name = remote.name || _('The other person');
    if (this.video.srcObject !== stream) {
      this.video.srcObject = stream;
      this.#play();
    }
    this.#chooseSpeaker();
    this.element.classList.toggle('on-picture', isUp);
    this.element.classList.toggle('blurred', state === 'reconnecting');
    this.video.hidden = !this.#hasPicture;
    this.cameraOff.hidden = !isUp || this.#hasPicture || state === 'reconnecting';
    setAvatar(this.remoteAvatar, remote.name ?? '');
    setText(this.cameraOffText, _('{name}’s camera is off', { name }));
  }

  async #chooseSpeaker() {
    const speaker = this.#media.speaker;
    if (speaker === null || this.video.sinkId === speaker) return;
    try {
      await this.video.setSinkId?.(speaker);
    } catch {
      this.#complain(_('The speaker could not be used.'));
    }
  }

  #updateNotices() {
    const { state, remote, announcement } = this.#session;
    const name = remote.name || _('The other person');
    const isUp = state === 'connected';
    this.muted.hidden = !isUp || remote.microphone;
    setText(this.mutedText, _('{name}’s microphone is off', { name }));
    this.sharing.hidden = this.#media.screenTrack === null;
    this.announcement.hidden = announcement === null;
    setText(this.announcement, announcement ?? '');
  }

  #updateSelf() {
    const media = this.#media;
    const track = media.screenTrack ?? media.cameraTrack;
    showTrack(this.selfVideo, track);
    this.selfVideo.classList.toggle('mirrored', media.screenTrack === null);
    this.selfVideo.hidden = track === null;
    this.selfOff.hidden = track !== null;
    this.selfView.setAttribute(
      'aria-label',
      track === null ? _('Your camera is off') : _('Your own picture'),
    );
  }

  /* What one would otherwise have to see. */
  #updateSpeech() {
    const { state, remote } = this.#session;
    const name = remote.name || _('The other person');
    const parts = [this.status.text];
    if (state === 'connected') {
      parts.push(_('Connected to {name}', { name }));
      if (!remote.microphone) parts.push(this.mutedText.textContent);
      if (!remote.camera) parts.push(this.cameraOffText.textContent);
    }
    setText(this.live, parts.filter((part) => part !== '').join('. '));
  }

  #stayAwake() {
    this.element.classList.remove('faded');
    clearTimeout(this.#fadeTimer);
    this.#fadeTimer = setTimeout(() => this.#fade(), FADE_AFTER);
  }

  #fade() {
    const isBusy =
      this.#session.state !== 'connected' ||
      !this.safety.element.hidden ||
      !this.more.hidden ||
      this.element.querySelector('button:focus-visible') !== null;
    if (!isBusy) this.element.classList.add('faded');
  }

  focus() {
    this.bar.hangUp.focus({ focusVisible: false });
  }

  key(event) {
    const media = this.#media;
    if (event.key === 'Escape') this.#closePanels();
    else if (event.key === 'd') media.setMicrophoneEnabled(!media.microphoneEnabled);
    else if (event.key === 'e') media.setCameraEnabled(!media.cameraEnabled);
    else return false;
    return true;
  }

  close() {
    clearInterval(this.#clock);
    clearTimeout(this.#fadeTimer);
    clearTimeout(this.#noticeTimer);
    this.#wakeLock.setWanted(false);
    this.#media.off('change', this.#update);
    document.removeEventListener('fullscreenchange', this.#update);
    this.video.srcObject = null;
    if (document.fullscreenElement !== null) document.exitFullscreen();
  }
}
