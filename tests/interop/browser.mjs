// SPDX-License-Identifier: GPL-3.0-or-later

/* Chromium and Firefox, headless, with devices that only pretend. */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const require = createRequire(join(process.env.DUO_NODE_MODULES, 'here.js'));

/** Whether what build-aux/test installs from npm is there. */
export const isInstalled = existsSync(join(process.env.DUO_NODE_MODULES, 'puppeteer-core'));

const puppeteer = isInstalled ? require('puppeteer-core') : null;

/* Both may start at once, on a machine that has other things to do. */
const START_PATIENCE = 90_000;

const PATHS = {
  chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
  firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
};

function find(name) {
  const path = PATHS[name].find(existsSync);
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
}

function launchChromium({ lang = 'en', args = [] } = {}) {
  return puppeteer.launch({
    executablePath: find('chromium'),
    headless: true,
    timeout: START_PATIENCE,
    args: [
      '--no-sandbox',
      '--use-fake-device-for-media-stream=device-count=3',
      '--use-fake-ui-for-media-stream',
      '--auto-select-desktop-capture-source=Entire screen',
      '--disable-features=WebRtcHideLocalIpsWithMdns',
      '--disable-background-networking',
      /* This computer under a name for which browsers want TLS. */
      '--host-resolver-rules=MAP calls.test 127.0.0.1',
      '--disable-component-update',
      '--mute-audio',
      `--lang=${lang}`,
      ...args,
    ],
  });
}

function launchFirefox() {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: find('firefox'),
    headless: true,
    timeout: START_PATIENCE,
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': true,
      /* Without any other network these make calls on one machine possible. */
      'media.peerconnection.ice.loopback': true,
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      'media.autoplay.default': 0,
      'media.gmp-manager.url': '',
      'network.captive-portal-service.enabled': false,
      'network.connectivity-service.enabled': false,
      'browser.safebrowsing.downloads.enabled': false,
      'app.normandy.enabled': false,
      'intl.accept_languages': 'en',
    },
  });
}

export function launch(name, options) {
  return name === 'firefox' ? launchFirefox() : launchChromium(options);
}
