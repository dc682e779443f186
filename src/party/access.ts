// SPDX-License-Identifier: GPL-3.0-or-later

import { CloseCode } from './close-code';
import type { Environment } from './limits';
import { checkToken, makeToken } from './token';

/* What an HMAC-SHA256 needs to be as strong as it is. */
const SECRET_MIN = 32;

/** Whether a room may be started: until when it lives at most (ms), or why not. */
export type Permission =
  | { granted: true; until: number }
  | { granted: false; code: CloseCode };

/** Who may start rooms, announce something, and connect from where: ACCESS_SECRET, ALLOW_ORIGIN. */
export class Access {
  readonly #secret: string;
  readonly #origins: string[];

  constructor(env: Environment) {
    this.#secret = String(env.ACCESS_SECRET ?? '');
    this.#origins = String(env.ALLOW_ORIGIN ?? '')
      .split(/[\s,]+/)
      .filter((origin) => origin !== '');
    if (this.#secret !== '' && this.#secret.length < SECRET_MIN)
      throw new Error(`ACCESS_SECRET is shorter than ${SECRET_MIN} characters`);
  }

  /** Whether starting a room needs a token. */
  get restricted(): boolean {
    return this.#secret !== '';
  }

  /**
   * Only browsers name an origin, and they let no page lie about it. The pages we serve ourselves
   * may always connect.
   */
  isAllowedOrigin(origin: string | null, host: string): boolean {
    if (origin === null || this.#origins.length === 0) return true;
    return this.#origins.includes(origin) || origin.replace(/^[^:]*:\/\//, '') === host;
  }

  /** Judges whether a client may start a room. A ticket does not make it live any longer. */
  async mayStart(token: string | null, name: string, now: number): Promise<Permission> {
    const seconds = now / 1000;
    if (!this.restricted) return { granted: true, until: Infinity };
    if (token === null) return { granted: false, code: CloseCode.notStarted };
    if ((await checkToken(token, this.#secret, 'start', null, seconds)) > 0)
      return { granted: true, until: Infinity };

    const until = await checkToken(token, this.#secret, 'ticket', name, seconds);
    return until > 0
      ? { granted: true, until: until * 1000 }
      : { granted: false, code: CloseCode.notAllowed };
  }

  /** What starts the room again, should it be forgotten; nothing where anybody may. */
  async makeTicket(name: string, expiresAt: number): Promise<{ ticket?: string }> {
    if (!this.restricted) return {};
    const seconds = Math.floor(expiresAt / 1000);
    return { ticket: await makeToken(this.#secret, 'ticket', name, seconds) };
  }

  /** The HTTP status for who wants to speak for the server, 200 if they may. */
  async checkAnnouncer(authorization: string | null, now: number): Promise<200 | 401 | 403> {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return 401;
    const good = await checkToken(token, this.#secret, 'announce', null, now / 1000);
    return good > 0 ? 200 : 403;
  }
}
