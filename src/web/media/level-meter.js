// SPDX-License-Identifier: GPL-3.0-or-later

const INTERVAL = 80;
const FLOOR_DB = -60;

/** Measures how loud a track is, ten times a second: 0 to 1 on a scale of decibels. */
export class LevelMeter {
  #context = null;
  #source = null;
  #analyser = null;
  #track = null;
  #timer = null;
  #report;

  constructor(report) {
    this.#report = report;
  }

  /** Measures this track from now on; null is silence. */
  setTrack(track) {
    if (track === this.#track) return;
    this.#track = track;
    this.#source?.disconnect();
    clearInterval(this.#timer);
    this.#report(0);
    if (track === null) return;

    this.#context ??= new AudioContext();
    this.#analyser ??= new AnalyserNode(this.#context, { fftSize: 1024 });
    this.#source = this.#context.createMediaStreamSource(new MediaStream([track]));
    this.#source.connect(this.#analyser);
    this.#timer = setInterval(() => this.#report(this.#measure()), INTERVAL);
  }

  #measure() {
    const samples = new Float32Array(this.#analyser.fftSize);
    this.#analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    if (power === 0) return 0;
    return Math.min(Math.max(1 - (10 * Math.log10(power)) / FLOOR_DB, 0), 1);
  }

  close() {
    this.setTrack(null);
    this.#context?.close();
    this.#context = this.#analyser = null;
  }
}
