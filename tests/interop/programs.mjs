// SPDX-License-Identifier: GPL-3.0-or-later

/* duologue-server and duologue-cli as child processes. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { until } from './wait.mjs';

const { DUO_SERVER, DUO_CLI } = process.env;

/* Nothing outlives the test, however it ends. */
const children = new Set();
process.on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(1));

function start(program, args, options) {
  const child = spawn(program, args, options);
  children.add(child);
  child.on('exit', () => children.delete(child));
  return child;
}

/** duologue-server on a port of its own, which it keeps when it is started again. */
export class RoomServer {
  #process = null;
  #options = [];
  port = 0;

  /** `options` are more arguments of the program. */
  static async start(options = []) {
    const server = new RoomServer();
    server.#options = options;
    await server.start();
    return server;
  }

  async start() {
    const child = start(DUO_SERVER, ['--port', String(this.port), ...this.#options], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    this.#process = child;
    for await (const line of createInterface({ input: child.stdout })) {
      this.port = Number(/port (\d+)/.exec(line)?.[1] ?? 0);
      if (this.port !== 0) return;
    }
    throw new Error('duologue-server did not start');
  }

  async stop(signal = 'SIGTERM') {
    const child = this.#process;
    this.#process = null;
    if (child === null || child.exitCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  /* Pages get camera and encryption on localhost without TLS. */
  get origin() {
    return `http://localhost:${this.port}`;
  }

  link(code) {
    return `${this.origin}/call#${code}`;
  }
}

/** `duologue-cli join` with a test picture and a tone; `reports` grows by one object a second. */
export class App {
  #process;
  reports = [];
  summary = null;
  log = '';

  constructor(link, { name = 'Ada', duration = 280, args = [] } = {}) {
    /* Each is a person of its own, with a seat of its own. */
    const home = mkdtempSync(join(tmpdir(), 'duologue-interop-'));
    const options = ['--test-media', '--stats', 'json', '--control', '--name', name, ...args];
    this.#process = start(DUO_CLI, ['join', ...options, '--duration', String(duration), link], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...process.env, XDG_STATE_HOME: home, LC_ALL: 'C.UTF-8', GIO_USE_PROXY_RESOLVER: 'dummy' },
    });
    createInterface({ input: this.#process.stdout }).on('line', (line) => this.#take(line));
    this.#process.stderr.on('data', (data) => (this.log += data));
    /* Only then has all that it printed been read. */
    this.exited = once(this.#process, 'close');
  }

  #take(line) {
    const report = JSON.parse(line);
    this.reports.push(report);
    if (report.type === 'summary') this.summary = report;
  }

  get last() {
    return this.reports.at(-1) ?? {};
  }

  async until(what, condition, patience) {
    try {
      return await until(`the app: ${what}`, () => condition(this.last), patience);
    } catch (error) {
      error.message += `\nlast report: ${JSON.stringify(this.last)}\n${this.log}`;
      throw error;
    }
  }

  /** Has it obey a line, such as `microphone off`. */
  say(line) {
    this.#process.stdin.write(`${line}\n`);
  }

  /** Stops it where it is, as a computer that goes to sleep does. */
  freeze() {
    this.#process.kill('SIGSTOP');
  }

  thaw() {
    this.#process.kill('SIGCONT');
  }

  /** Hangs up as a person would. */
  async hangUp() {
    if (this.#process.exitCode === null) this.#process.kill('SIGINT');
    await this.exited;
  }
}
