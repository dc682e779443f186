// SPDX-License-Identifier: GPL-3.0-or-later

export const PATIENCE = 40_000;

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Waits until `condition` gives something true, and gives that. */
export async function until(what, condition, patience = PATIENCE) {
  const deadline = Date.now() + patience;
  let last;
  for (;;) {
    last = await condition();
    if (last) return last;
    if (Date.now() > deadline) throw new Error(`Waited in vain: ${what}`);
    await sleep(50);
  }
}
