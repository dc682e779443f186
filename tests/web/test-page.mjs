// SPDX-License-Identifier: GPL-3.0-or-later

/* What holds for the page as it stands: nothing is missing from what is served, nothing untranslated. */

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

import { modules, translatable, WEB } from './strings.mjs';
import { Plan } from './tap.mjs';

const { de } = await import('../../src/web/i18n/de.js');
const { chooseLanguage } = await import('../../src/web/i18n/i18n.js');
const { PICTURES } = await import('../../src/web/protocol/safety.js');

const page = readFileSync(join(WEB, 'call.html'), 'utf8');
const read = (name) => readFileSync(join(WEB, name), 'utf8');
const matches = (text, pattern) => [...text.matchAll(pattern)].map(([, match]) => match);

function packed() {
  const files = matches(read('duo-web.gresource.xml'), /<file>(.*)<\/file>/g);
  assert.deepEqual(files.sort(), [...modules(), 'call.css', 'call.html'].sort());
}

/* One round trip for all modules instead of one for each level of imports. */
function preloaded() {
  const preloads = matches(page, /<link rel="modulepreload" href="\/call\/(.*)">/g);
  assert.deepEqual(preloads.sort(), modules().filter((name) => name !== 'main.js'));
}

function imported() {
  for (const name of modules()) {
    for (const path of matches(read(name), /^(?:import .*|\}) from '([^']*)';$/gm)) {
      assert.ok(path.startsWith('.'), `${name} imports ${path}`);
      const file = normalize(join(dirname(name), path));
      assert.ok(existsSync(join(WEB, file)), `${name} imports ${path}`);
    }
  }
}

/* The layers of src/web: each may import from those listed and from itself. */
function layered() {
  const mayUse = {
    protocol: [],
    signaling: ['protocol', '.'],
    rtc: ['protocol', '.'],
    call: ['protocol', 'signaling', 'rtc', '.'],
    media: ['.'],
    i18n: [],
    views: ['protocol', 'media', 'i18n', '.'],
    '.': ['.', 'protocol', 'signaling', 'call', 'media', 'i18n', 'views'],
  };
  for (const name of modules()) {
    const layer = dirname(name);
    for (const path of matches(read(name), /^(?:import .*|\}) from '([^']*)';$/gm)) {
      const other = dirname(normalize(join(layer, path)));
      assert.ok(other === layer || mayUse[layer].includes(other), `${name} imports ${path}`);
    }
  }
}

/* What the Content-Security-Policy would refuse, and markup made of text. */
function nothingInline() {
  assert.doesNotMatch(page, /<style|<script(?! type="module" src="\/call\/main\.js")/);
  assert.doesNotMatch(page, /\son[a-z]+=|\sstyle=/);
  assert.doesNotMatch(page, /https?:/);
  for (const name of modules())
    assert.doesNotMatch(read(name), /innerHTML|outerHTML|insertAdjacentHTML|\beval\b|new Function/);
}

function icons() {
  const known = matches(page, /<symbol id="icon-([a-z-]+)"/g);
  for (const name of modules()) {
    for (const used of matches(read(name), /\bicon\('([a-z-]+)'\)/g))
      assert.ok(known.includes(used), `${name}: ${used}`);
    for (const used of matches(read(name), /iconName: .*?'([a-z-]+)'/g))
      assert.ok(known.includes(used), `${name}: ${used}`);
  }
}

function german() {
  const wanted = new Set([...translatable(), ...PICTURES.map(([, word]) => word)]);
  assert.deepEqual([...wanted].filter((text) => !Object.hasOwn(de, text)), [], 'not translated');
  assert.deepEqual(Object.keys(de).filter((text) => !wanted.has(text)), [], 'not used');
  const names = (text) => new Set(matches(text, /\{(\w+)\}/g));
  for (const [text, translated] of Object.entries(de))
    assert.deepEqual(names(translated), names(text), text);
}

function languages() {
  assert.equal(chooseLanguage(['de-AT', 'en']), 'de');
  assert.equal(chooseLanguage(['fr', 'en-GB', 'de']), 'en');
  assert.equal(chooseLanguage(['fr']), 'en');
  assert.equal(chooseLanguage([]), 'en');
}

const plan = new Plan();
await plan.run('everything is packed', packed);
await plan.run('every module is preloaded', preloaded);
await plan.run('every import leads somewhere', imported);
await plan.run('layers', layered);
await plan.run('nothing in line', nothingInline);
await plan.run('icons', icons);
await plan.run('German', german);
await plan.run('choice of the language', languages);
plan.finish();
