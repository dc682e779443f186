// SPDX-License-Identifier: GPL-3.0-or-later

import { parseJson } from '../web/protocol/json.js';

const HEADER = { alg: 'HS256', typ: 'JWT' };
const TOKEN_MAX = 1024;
const HMAC = { name: 'HMAC', hash: 'SHA-256' };

/** What a token is good for: to start any room, to start one again, to speak for the server. */
export type TokenScope = 'start' | 'ticket' | 'announce';

const encoder = new TextEncoder();

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array | null {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(bytes, (c) => c.charCodeAt(0));
}

function readPart(part: string): Record<string, unknown> {
  try {
    return parseJson(fromBase64Url(part));
  } catch {
    return {};
  }
}

function importKey(secret: string, use: 'sign' | 'verify'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', encoder.encode(secret), HMAC, false, [use]);
}

/** Makes a JSON Web Token (RFC 7519), signed with HMAC-SHA256; it ends at `expiresAt` (seconds). */
export async function makeToken(
  secret: string,
  scope: TokenScope,
  subject: string,
  expiresAt: number,
): Promise<string> {
  const claims = { sub: subject, scope, exp: expiresAt };
  const text = [HEADER, claims]
    .map((part) => toBase64Url(encoder.encode(JSON.stringify(part))))
    .join('.');
  const key = await importKey(secret, 'sign');
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(text));

  return `${text}.${toBase64Url(new Uint8Array(signature))}`;
}

/**
 * Looks whether a token is ours and still good. Only HS256 is taken, whatever the token says of
 * itself, and nothing in it is read before the signature was found to be right.
 *
 * @param subject whom or what it has to be for, null for anybody
 * @param now in seconds since 1970
 * @returns when it expires, in seconds since 1970, or 0 if it is not good
 */
export async function checkToken(
  token: string,
  secret: string,
  scope: TokenScope,
  subject: string | null,
  now: number,
): Promise<number> {
  const [head, body, mark, ...more] = token.split('.');
  const signature = mark === undefined ? null : fromBase64Url(mark);
  if (token.length > TOKEN_MAX || more.length > 0 || !head || !body || signature === null) return 0;

  const key = await importKey(secret, 'verify');
  const signed = encoder.encode(`${head}.${body}`);
  if (!(await crypto.subtle.verify('HMAC', key, signature, signed))) return 0;

  const header = readPart(head);
  const claims = readPart(body);
  if (header.alg !== 'HS256' || 'crit' in header || claims.scope !== scope) return 0;
  if (subject !== null && claims.sub !== subject) return 0;
  if (claims.nbf !== undefined && !(typeof claims.nbf === 'number' && claims.nbf <= now)) return 0;

  return typeof claims.exp === 'number' && claims.exp > now ? claims.exp : 0;
}
