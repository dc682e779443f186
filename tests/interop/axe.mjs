// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { require } from './browser.mjs';

/** Lets axe-core look for barriers in the page as it is now. */
export async function checkAccessibility(page, what) {
  await page.evaluate(readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const violations = await page.evaluate(async () => {
    const results = await globalThis.axe.run(document, {
      /* Contrast above a picture is a matter of the picture. */
      rules: document.querySelector('.on-picture') ? { 'color-contrast': { enabled: false } } : {},
    });
    return results.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`,
    );
  });
  assert.deepEqual(violations, [], what);
}
