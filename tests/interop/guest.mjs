// SPDX-License-Identifier: GPL-3.0-or-later

import assert from 'node:assert/strict';

import { until } from './wait.mjs';

/* Runs in the page before its own scripts. */
function keepConnections() {
  const Original = globalThis.RTCPeerConnection;
  globalThis.connectionsOfTest = [];
  globalThis.RTCPeerConnection = class extends Original {
    constructor(...values) {
      super(...values);
      globalThis.connectionsOfTest.push(this);
    }
  };
}

/* Runs in the page: what has gone over its newest connection. */
async function measure() {
  const connection = globalThis.connectionsOfTest.at(-1);
  const sums = { framesDecoded: 0, framesSent: 0, audioEnergy: 0, audioBytesSent: 0 };
  if (connection === undefined || connection.connectionState === 'closed') return sums;
  /* Firefox never answers for a connection that is closed meanwhile. */
  const tooLate = new Promise((resolve) => setTimeout(resolve, 1000, new Map()));
  for (const report of (await Promise.race([connection.getStats(), tooLate])).values()) {
    if (report.type === 'inbound-rtp' && report.kind === 'video')
      sums.framesDecoded += report.framesDecoded ?? 0;
    if (report.type === 'outbound-rtp' && report.kind === 'video')
      sums.framesSent += report.framesSent ?? report.framesEncoded ?? 0;
    if (report.type === 'inbound-rtp' && report.kind === 'audio')
      sums.audioEnergy += report.totalAudioEnergy ?? 0;
    if (report.type === 'outbound-rtp' && report.kind === 'audio')
      sums.audioBytesSent += report.bytesSent ?? 0;
  }
  return sums;
}

/** Somebody who opens a link in a browser. */
export class Guest {
  #context;
  complaints = [];

  constructor(page, context) {
    this.page = page;
    this.#context = context;
  }

  /**
   * Opens a link in a browsing context of its own. `prepare` runs in the page before its scripts,
   * with `value`.
   */
  static async open(browser, link, { prepare = null, value = null, viewport = null } = {}) {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    const guest = new Guest(page, context);
    page.on('console', (message) => {
      if (['error', 'warn', 'assert'].includes(message.type()))
        guest.complaints.push(`${message.type()}: ${message.text()} ${message.location().url ?? ''}`);
    });
    page.on('pageerror', (error) => guest.complaints.push(`error: ${error.message}`));
    await page.setViewport(viewport ?? { width: 1280, height: 800 });
    await page.evaluateOnNewDocument(keepConnections);
    if (prepare !== null) await page.evaluateOnNewDocument(prepare, value);
    await page.goto(link);
    return guest;
  }

  /** Says so if the page complained, and is gone; a page that is closed says no bye. */
  async close() {
    await this.#context.close();
    assert.deepEqual(this.complaints, []);
  }

  /** What browsers write of their own accord when a test takes something away from them. */
  forgive(pattern) {
    this.complaints = this.complaints.filter((line) => !pattern.test(line));
  }

  /** The same where that was the server, which may have gone in the middle of an answer. */
  forgiveServer() {
    this.forgive(/ERR_CONNECTION_|ERR_EMPTY_RESPONSE|before receiving a handshake response/);
    this.forgive(/establish a connection|interrupted while/);
  }

  find(selector) {
    return until(`${selector} in the page`, () => this.page.$(selector));
  }

  async click(selector) {
    await this.find(selector);
    await this.page.$eval(selector, (element) => element.click());
  }

  text(selector) {
    return this.page.$eval(selector, (element) => element.textContent);
  }

  /** Waits until an element says something. */
  async reads(selector, pattern, patience) {
    let last = null;
    const look = async () => {
      last = await this.page.evaluate((s) => {
        const element = document.querySelector(s);
        return element === null || element.closest('[hidden]') ? null : element.textContent;
      }, selector);
      return last !== null && pattern.test(last);
    };
    try {
      await until(`${selector} reads ${pattern}`, look, patience);
    } catch (error) {
      error.message += ` (it reads ${last})`;
      throw error;
    }
  }

  async join(name = 'Bob') {
    await this.find('#name');
    await this.page.$eval(
      '#name',
      (input, text) => {
        input.value = text;
      },
      name,
    );
    await this.click('.lobby button[type=submit]');
  }

  get state() {
    return this.page.evaluate(() => {
      if (document.querySelector('.ended')) return 'ended';
      return document.querySelector('.call')?.dataset.state ?? 'lobby';
    });
  }

  async reaches(state, patience) {
    let last = null;
    try {
      await until(`the page: ${state}`, async () => (last = await this.state) === state, patience);
    } catch (error) {
      error.message += ` (it is ${last})`;
      throw error;
    }
  }

  measure() {
    return this.page.evaluate(measure);
  }

  /** Waits until picture and sound have come in, and gone out. */
  async seesAndHears({ frames = 10 } = {}) {
    let last = null;
    try {
      await until('picture and sound in the page', async () => {
        last = await this.measure();
        return last.framesDecoded >= frames && last.framesSent >= frames && last.audioEnergy > 0;
      });
    } catch (error) {
      error.message += `\n${JSON.stringify(last)}`;
      throw error;
    }
    await until('the picture to be shown', () =>
      this.page.$eval('video.remote', (video) => video.videoWidth > 0),
    );
  }

  /** The words of the safety pictures. */
  async safetyWords() {
    await until('safety pictures', () =>
      this.page.evaluate(() => document.querySelectorAll('.pictures li').length === 4),
    );
    return this.page.$$eval('.pictures .word', (words) => words.map((word) => word.textContent));
  }

  toggle(label) {
    return this.click(`.call-bar button[aria-label="${label}"]`);
  }

  hangUp() {
    return this.toggle('Hang Up');
  }
}
