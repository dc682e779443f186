// SPDX-License-Identifier: GPL-3.0-or-later

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { until } from './guest.mjs';

const START_PATIENCE = 60000;

/* Short enough to be waited for, long enough for a busy computer. In seconds; duologue-server's
 * options, and in capitals the environment variables of the PartyKit room. */
export const LIMITS = {
  'room-lifetime': 24,
  'empty-room-time': 8,
  'seat-hold': 8,
  'ping-interval': 4,
  turn: 'turn:127.0.0.1:3478?transport=udp',
  'turn-secret': 'what only the room server and the relay know',
};

export const RESTRICTIONS = {
  ...LIMITS,
  'access-secret': 'what only those who make tokens know',
  'allow-origin': 'https://calls.example.org',
};

/* None of those that the system gives to whoever wants any: that may be somebody else by the time the
 * server listens. */
async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    const probe = createServer();
    const listens = await new Promise((resolve) =>
      probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => resolve(true)),
    );
    if (!listens) continue;
    await new Promise((resolve) => probe.close(resolve));
    return port;
  }
}

async function isFree(port) {
  const socket = connect(port, '127.0.0.1');
  const free = await new Promise((resolve) =>
    socket.once('connect', () => resolve(false)).once('error', () => resolve(true)),
  );
  socket.destroy();
  return free;
}

/* A process group of its own, as the development server has children. */
class Server {
  constructor(program, args, { cwd, party = 'main', port = 0, state = null } = {}) {
    this.party = party;
    this.port = port;
    this.state = state;
    this.output = '';
    this.process = spawn(program, args, {
      cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    this.exited = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.once('error', (error) => (this.output += error.message));
    for (const stream of [this.process.stdout, this.process.stderr])
      stream.on('data', (data) => (this.output += data));
  }

  get hasEnded() {
    return this.process.exitCode !== null || this.process.signalCode !== null;
  }

  /** Resolves once it says that it serves. */
  async ready(pattern) {
    const says = () => {
      if (this.hasEnded) throw new Error(`The server ended:\n${this.output}`);
      return pattern.test(this.output);
    };
    await until(says, `the server is ready\n${this.output}`, START_PATIENCE);
    this.port ||= Number(pattern.exec(this.output)[1]);
    return this;
  }

  /** Ends it at once; what it has stored stays. */
  async kill() {
    process.kill(-this.process.pid, 'SIGKILL');
    await this.exited;
    await until(() => isFree(this.port), 'its children have let go of the port');
  }

  /* None of them shall write into a folder that is being removed. */
  #killChildren() {
    try {
      process.kill(-this.process.pid, 'SIGKILL');
    } catch {
      /* There are none any more. */
    }
  }

  async stop() {
    if (this.process.pid !== undefined && !this.hasEnded) {
      process.kill(-this.process.pid, 'SIGTERM');
      const timer = setTimeout(() => process.kill(-this.process.pid, 'SIGKILL'), 5000);
      await this.exited;
      clearTimeout(timer);
      this.#killChildren();
    }
    if (this.state !== null) rmSync(this.state, { recursive: true, force: true });
  }
}

/** Starts `duologue-server` on a port of its own. Secrets are in files for it. */
export function startDuologueServer(program, options = LIMITS) {
  const state = mkdtempSync(join(tmpdir(), 'duologue-server-'));
  const args = Object.entries(options).map(([name, value]) => {
    if (!name.endsWith('-secret')) return `--${name}=${value}`;
    const file = join(state, name);
    writeFileSync(file, value, { mode: 0o600 });
    return `--${name}-file=${file}`;
  });
  const all = ['--port=0', '--connections-per-address=500', ...args];
  const server = new Server(program, all, { state });
  return server.ready(/Listening on port ([0-9]+)/);
}

/** Starts PartyKit's development server on the project in `folder`; `again` as one that was. */
export async function startPartyKit(folder, options = LIMITS, again = {}) {
  const cli = fileURLToPath(
    new URL('../../../src/party/node_modules/partykit/dist/bin.mjs', import.meta.url),
  );
  const state = again.state ?? mkdtempSync(join(tmpdir(), 'duologue-party-'));
  const port = again.port ?? (await freePort());
  const vars = Object.entries(options).flatMap(([name, value]) => [
    '--var',
    `${name.replaceAll('-', '_').toUpperCase()}=${value}`,
  ]);
  const args = ['dev', '--port', `${port}`, '--persist', state, '--no-hotkeys', ...vars];
  const server = new Server(
    process.execPath,
    [cli, ...args, '--disable-request-cf-fetch'],
    { cwd: folder, port, state },
  );
  return server.ready(/Ready on http/);
}
