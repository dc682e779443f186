// SPDX-License-Identifier: GPL-3.0-or-later

import { _ } from '../i18n/i18n.js';
import { h, icon, setToggle, toggle } from './dom.js';

/** The floating controls at the bottom of a call. */
export class CallBar {
  #media;
  #screenNotice;

  constructor({ media, hangUp, toggleFullScreen, toggleMore, moreId, complain }) {
    this.#media = media;
    this.#screenNotice = complain;
    this.microphone = toggle({
      label: _('Microphone'),
      click: () => media.setMicrophoneEnabled(!media.microphoneEnabled),
    });
    this.camera = toggle({
      label: _('Camera'),
      click: () => media.setCameraEnabled(!media.cameraEnabled),
    });
    this.screen = toggle({
      label: _('Share Screen'),
      className: 'plain',
      click: () => this.#toggleScreen(),
    });
    this.fullScreen = toggle({
      label: _('Full Screen'),
      className: 'plain',
      click: toggleFullScreen,
    });
    this.more = h(
      'button',
      {
        type: 'button',
        class: 'plain',
        title: _('Devices'),
        'aria-label': _('Devices'),
        'aria-expanded': 'false',
        'aria-controls': moreId,
        click: toggleMore,
      },
      icon('more'),
    );
    this.hangUp = h(
      'button',
      {
        type: 'button',
        class: 'hang-up',
        title: _('Hang Up'),
        'aria-label': _('Hang Up'),
        click: hangUp,
      },
      icon('hang-up'),
    );
    this.element = h(
      'div',
      { class: 'call-bar', role: 'toolbar', 'aria-label': _('Controls of the call') },
      this.microphone,
      this.camera,
      media.canShareScreen ? this.screen : null,
      document.fullscreenEnabled ? this.fullScreen : null,
      this.more,
      this.hangUp,
    );
  }

  async #toggleScreen() {
    if (this.#media.screenTrack !== null) {
      this.#media.stopSharing();
      return;
    }
    try {
      await this.#media.shareScreen();
    } catch (error) {
      /* Who thinks better of it in the browser's dialog needs no explanation. */
      if (error.name !== 'NotAllowedError')
        this.#screenNotice(_('The screen could not be shared.'));
    }
  }

  update() {
    const media = this.#media;
    const isSharing = media.screenTrack !== null;
    const isFull = document.fullscreenElement !== null;
    setToggle(this.microphone, {
      pressed: media.microphoneEnabled,
      iconName: media.hasMicrophone ? 'microphone' : 'microphone-off',
      title: media.microphoneEnabled
        ? _('Turn Microphone Off (Ctrl+D)')
        : _('Turn Microphone On (Ctrl+D)'),
    });
    setToggle(this.camera, {
      pressed: media.cameraEnabled,
      iconName: media.hasCamera ? 'camera' : 'camera-off',
      title: media.cameraEnabled ? _('Turn Camera Off (Ctrl+E)') : _('Turn Camera On (Ctrl+E)'),
    });
    setToggle(this.screen, {
      pressed: isSharing,
      iconName: 'screen',
      title: isSharing ? _('Stop Sharing the Screen') : _('Share Screen'),
    });
    setToggle(this.fullScreen, {
      pressed: isFull,
      iconName: isFull ? 'unfullscreen' : 'fullscreen',
      title: isFull ? _('Leave Full Screen') : _('Full Screen'),
    });
  }
}
