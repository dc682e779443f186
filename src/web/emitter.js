// SPDX-License-Identifier: GPL-3.0-or-later

/** Tells others what happened, as DuoCall's signals do in the app. */
export class Emitter {
  #listeners = new Map();

  on(type, listener) {
    if (!this.#listeners.has(type)) this.#listeners.set(type, new Set());
    this.#listeners.get(type).add(listener);
    return this;
  }

  off(type, listener) {
    this.#listeners.get(type)?.delete(listener);
  }

  emit(type, ...values) {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener(...values);
  }

  /** Nobody is told anything any more. */
  mute() {
    this.#listeners.clear();
  }
}
