// SPDX-License-Identifier: GPL-3.0-or-later

/* Puts the files of the guest page into one module, as a GResource does for duologue-server and
 * from the same list: assets that PartyKit serves by itself would carry no headers of ours. */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

const WEB = new URL('../web/', import.meta.url);
const list = readFileSync(new URL('duo-web.gresource.xml', WEB), 'utf8');
const pages = {};

for (const [, attributes, file] of list.matchAll(/<file([^>]*)>([^<]+)<\/file>/g)) {
  const name = /alias="([^"]+)"/.exec(attributes)?.[1] ?? file;
  const text = readFileSync(new URL(file, WEB), 'utf8');
  pages[name] = { text, tag: createHash('sha256').update(text).digest('hex').slice(0, 32) };
}

/* Development servers that run already watch the module: it is only written when there is something
 * new, and then at once. */
const target = new URL('pages.json', import.meta.url);
const module = JSON.stringify(pages, null, 1);
if (!existsSync(target) || readFileSync(target, 'utf8') !== module) {
  const draft = new URL(`pages.json.${process.pid}`, import.meta.url);
  writeFileSync(draft, module);
  renameSync(draft, target);
}
