// SPDX-License-Identifier: GPL-3.0-or-later

/** Keeps the screen from going to sleep during a call, where the browser can. */
export class WakeLock {
  #lock = null;
  #isWanted = false;

  constructor() {
    this.onVisibility = () => this.#take();
  }

  setWanted(isWanted) {
    if (isWanted === this.#isWanted) return;
    this.#isWanted = isWanted;
    if (isWanted) {
      document.addEventListener('visibilitychange', this.onVisibility);
      this.#take();
    } else {
      document.removeEventListener('visibilitychange', this.onVisibility);
      this.#lock?.release();
      this.#lock = null;
    }
  }

  /* The browser takes the lock away from a hidden page. */
  async #take() {
    if (!this.#isWanted || document.visibilityState !== 'visible' || !navigator.wakeLock) return;
    try {
      const lock = await navigator.wakeLock.request('screen');
      if (this.#isWanted) this.#lock = lock;
      else lock.release();
    } catch {
      /* A low battery may forbid it. */
    }
  }
}
