// SPDX-License-Identifier: GPL-3.0-or-later

import { webcrypto } from 'node:crypto';

/* Browsers have it, node has since 19. */
globalThis.crypto ??= webcrypto;

/** Runs tests one after the other and tells meson in TAP. */
export class Plan {
  #count = 0;
  #failed = 0;

  async run(name, test) {
    const since = Date.now();
    this.#count++;
    try {
      await test();
      console.log(`ok ${this.#count} - ${name} (${Date.now() - since} ms)`);
    } catch (error) {
      this.#failed++;
      console.log(String(error.stack ?? error).replace(/^/gm, '# '));
      console.log(`not ok ${this.#count} - ${name}`);
    }
  }

  skip(name, why) {
    this.#count++;
    console.log(`ok ${this.#count} - ${name} # SKIP ${why}`);
  }

  finish() {
    console.log(`1..${this.#count}`);
    process.exitCode = this.#failed > 0 ? 1 : 0;
  }
}
