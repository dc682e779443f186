// SPDX-License-Identifier: GPL-3.0-or-later

/* A plain web client in a browser: a page of plain/, with a stock PartySocket or that of a chat. */

import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Guest } from './guest.mjs';
import { until } from './wait.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const PAGE = here('plain');
const PARTYSOCKET = here('../server/conformance/node_modules/partysocket/dist');
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript' };

/** Serves the page, on localhost, where browsers give camera and microphone without TLS. */
export async function servePage() {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const folder = pathname.startsWith('/partysocket/') ? PARTYSOCKET : PAGE;
    const path = join(folder, basename(pathname) || 'index.html');
    if (!existsSync(path)) response.writeHead(404).end();
    else createReadStream(path).pipe(response.setHeader('Content-Type', TYPES[extname(path)] ?? ''));
  });
  await new Promise((resolve) => server.listen(0, 'localhost', resolve));
  return server;
}

export class PlainClient {
  static async open(browser, page, room, { video = 'yes', document = '' } = {}) {
    const query = new URLSearchParams({ ...room, video });
    const client = new PlainClient();
    client.video = video === 'yes';
    const address = `http://localhost:${page.address().port}/${document}?${query}`;
    client.guest = await Guest.open(browser, address);
    await client.isReady();
    return client;
  }

  /* It has its devices. In a room that says nothing nobody can tell whether they are in it; what is
   * said before waits in the socket. */
  isReady() {
    return until('the plain client’s devices', () =>
      this.guest.page.evaluate(() => document.querySelector('#local').srcObject !== null),
    );
  }

  call() {
    return this.guest.click('#call');
  }

  hangUp() {
    return this.guest.click('#hang-up');
  }

  async reload() {
    await this.guest.page.reload();
    await this.isReady();
  }

  close() {
    return this.guest.close();
  }

  /** Waits until picture and sound have come in, and gone out, since now. */
  async seesAndHears() {
    const before = await this.guest.measure();
    let last = null;
    const more = (what) => last[what] > before[what] + 10 || last[what] < before[what];
    try {
      await until('picture and sound in the plain client', async () => {
        last = await this.guest.measure();
        return (
          last.audioEnergy > before.audioEnergy &&
          more('audioBytesSent') &&
          (!this.video || (more('framesDecoded') && more('framesSent')))
        );
      });
    } catch (error) {
      error.message += `\n${JSON.stringify({ before, last })}`;
      throw error;
    }
    if (this.video) await this.sees();
  }

  sees() {
    return until('a picture in the plain client', () =>
      this.guest.page.$eval('#remote', (video) => video.videoWidth > 0),
    );
  }
}
