// SPDX-License-Identifier: GPL-3.0-or-later

import { Emitter } from '../emitter.js';

const AUDIO = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
const VIDEO = { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } };

const PROBLEMS = {
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
  NotAllowedError: 'denied',
  SecurityError: 'denied',
};

function problemOf(error) {
  return PROBLEMS[error.name] ?? 'failed';
}

/**
 * Camera, microphone and screen of this side. A muted microphone stays open and sends silence; a
 * camera that is off is closed, so that its light goes out.
 *
 * Emits "change" when anything of it has changed; `tracks` is what goes to the other.
 */
export class LocalMedia extends Emitter {
  #microphone = null;
  #camera = null;
  #screen = null;
  #chosen = { camera: null, microphone: null, speaker: null };

  constructor() {
    super();
    this.microphoneEnabled = true;
    this.cameraEnabled = true;
    this.problems = { camera: null, microphone: null };
    this.isStarting = false;
    this.devices = { camera: [], microphone: [], speaker: [] };
  }

  /** Why there can be no devices at all: "insecure" (a page over http), or null. */
  static get obstacle() {
    return globalThis.isSecureContext && navigator.mediaDevices ? null : 'insecure';
  }

  get tracks() {
    return { audio: this.#microphone, video: this.#screen ?? this.#camera };
  }

  get microphoneTrack() {
    return this.#microphone;
  }

  get cameraTrack() {
    return this.#camera;
  }

  get screenTrack() {
    return this.#screen;
  }

  get hasMicrophone() {
    return this.microphoneEnabled && this.#microphone !== null;
  }

  get hasCamera() {
    return this.cameraEnabled && this.#camera !== null;
  }

  get canShareScreen() {
    return typeof navigator.mediaDevices?.getDisplayMedia === 'function';
  }

  get speaker() {
    return this.#chosen.speaker;
  }

  chosen(kind) {
    if (kind === 'speaker') return this.#chosen.speaker;
    const track = kind === 'camera' ? this.#camera : this.#microphone;
    return track?.getSettings().deviceId ?? this.#chosen[kind];
  }

  /** Opens both devices, with one question to the person if possible. */
  async start() {
    if (LocalMedia.obstacle !== null) {
      this.problems = { camera: 'insecure', microphone: 'insecure' };
      this.emit('change');
      return;
    }
    navigator.mediaDevices.ondevicechange = () => this.#devicesChanged();
    this.isStarting = true;
    this.emit('change');
    try {
      const stream = await this.#open({ audio: true, video: true });
      this.#takeMicrophone(stream.getAudioTracks()[0]);
      this.#takeCamera(stream.getVideoTracks()[0]);
    } catch (error) {
      /* One of the two alone may well work; but a no is a no to both. */
      if (problemOf(error) === 'denied')
        this.problems = { camera: 'denied', microphone: 'denied' };
      else await Promise.all([this.#openMicrophone(), this.#openCamera()]);
    }
    this.isStarting = false;
    await this.#listDevices();
    this.emit('change');
  }

  stop() {
    for (const track of [this.#microphone, this.#camera, this.#screen]) track?.stop();
    this.#microphone = this.#camera = this.#screen = null;
    if (navigator.mediaDevices) navigator.mediaDevices.ondevicechange = null;
  }

  /* Browsers that have a default of their own only give what is asked for exactly. */
  async #open({ audio = false, video = false }) {
    const ask = () => {
      const device = (kind) =>
        this.#chosen[kind] === null ? {} : { deviceId: { exact: this.#chosen[kind] } };
      return navigator.mediaDevices.getUserMedia({
        audio: audio && { ...AUDIO, ...device('microphone') },
        video: video && { ...VIDEO, ...device('camera') },
      });
    };
    try {
      return await ask();
    } catch (error) {
      if (error.name !== 'OverconstrainedError') throw error;
      /* What was chosen is not there any more. */
      if (audio) this.#chosen.microphone = null;
      if (video) this.#chosen.camera = null;
      return ask();
    }
  }

  async #openMicrophone() {
    try {
      const stream = await this.#open({ audio: true });
      this.#takeMicrophone(stream.getAudioTracks()[0]);
    } catch (error) {
      this.problems = { ...this.problems, microphone: problemOf(error) };
    }
  }

  async #openCamera() {
    try {
      const stream = await this.#open({ video: true });
      this.#takeCamera(stream.getVideoTracks()[0]);
    } catch (error) {
      this.problems = { ...this.problems, camera: problemOf(error) };
    }
  }

  #takeMicrophone(track) {
    this.#microphone?.stop();
    track.enabled = this.microphoneEnabled;
    track.onended = () => this.#lost('microphone');
    this.#microphone = track;
    this.problems = { ...this.problems, microphone: null };
  }

  #takeCamera(track) {
    this.#camera?.stop();
    this.problems = { ...this.problems, camera: null };
    if (!this.cameraEnabled) {
      track.stop();
      this.#camera = null;
      return;
    }
    track.contentHint = 'motion';
    track.onended = () => this.#lost('camera');
    this.#camera = track;
  }

  /* Unplugged, or the permission was taken back: the next device, if there is one. */
  async #lost(kind) {
    this.#chosen[kind] = null;
    if (kind === 'camera') {
      this.#camera = null;
      await this.#openCamera();
    } else {
      this.#microphone = null;
      await this.#openMicrophone();
    }
    this.emit('change');
  }

  async #devicesChanged() {
    await this.#listDevices();
    if (this.#microphone === null && this.devices.microphone.length > 0)
      await this.#openMicrophone();
    if (this.#camera === null && this.cameraEnabled && this.devices.camera.length > 0)
      await this.#openCamera();
    this.emit('change');
  }

  async #listDevices() {
    const all = await navigator.mediaDevices.enumerateDevices();
    const list = (kind) => all.filter((d) => d.kind === kind && d.deviceId !== '');
    this.devices = {
      camera: list('videoinput'),
      microphone: list('audioinput'),
      speaker: list('audiooutput'),
    };
  }

  async setMicrophoneEnabled(enabled) {
    this.microphoneEnabled = enabled;
    if (this.#microphone !== null) this.#microphone.enabled = enabled;
    else if (enabled) await this.#openMicrophone();
    this.emit('change');
  }

  async setCameraEnabled(enabled) {
    this.cameraEnabled = enabled;
    if (!enabled) {
      this.#camera?.stop();
      this.#camera = null;
      this.emit('change');
      return;
    }
    this.isStarting = true;
    this.emit('change');
    if (this.#camera === null) await this.#openCamera();
    this.isStarting = false;
    this.emit('change');
  }

  /** Switches to another device; nothing is negotiated anew. */
  async choose(kind, deviceId) {
    this.#chosen[kind] = deviceId;
    if (kind === 'camera' && this.cameraEnabled) await this.#openCamera();
    if (kind === 'microphone') await this.#openMicrophone();
    this.emit('change');
  }

  async shareScreen() {
    const stream = await navigator.mediaDevices.getDisplayMedia({ video: true, audio: false });
    const [track] = stream.getVideoTracks();
    track.contentHint = 'detail';
    track.onended = () => this.stopSharing();
    this.#screen = track;
    this.emit('change');
  }

  stopSharing() {
    this.#screen?.stop();
    this.#screen = null;
    this.emit('change');
  }
}
