// SPDX-License-Identifier: GPL-3.0-or-later

import { de } from './de.js';

const CATALOGS = { de };

/** The first of the person's languages that there is a translation for. */
export function chooseLanguage(languages) {
  for (const language of languages) {
    const [base] = language.toLowerCase().split('-');
    if (base === 'en' || Object.hasOwn(CATALOGS, base)) return base;
  }
  return 'en';
}

export const language = chooseLanguage(globalThis.navigator?.languages ?? []);

const catalog = CATALOGS[language] ?? {};

/** Translates a sentence; `{name}` in it is replaced by values.name. */
export function _(text, values = {}) {
  const translated = catalog[text] ?? text;
  return translated.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Marks a sentence that is translated later. */
export function N_(text) {
  return text;
}
