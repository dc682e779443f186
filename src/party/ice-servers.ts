// SPDX-License-Identifier: GPL-3.0-or-later

import type { Environment } from './limits';

/** As in RTCConfiguration. */
export interface IceServer {
  urls: string[];
  username?: string;
  credential?: string;
}

function list(value: unknown): string[] {
  return String(value ?? '')
    .split(/[\s,]+/)
    .filter((item) => item !== '');
}

async function sign(secret: string, text: string): Promise<string> {
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), algorithm, false, [
    'sign',
  ]);
  const signature = await crypto.subtle.sign('HMAC', key, encoder.encode(text));

  return btoa(String.fromCharCode(...new Uint8Array(signature)));
}

/**
 * The servers that help a participant to reach the other: STUN and TURN from the environment (URIs
 * with spaces or commas between them), TURN with credentials made from TURN_SECRET as coturn's
 * use-auth-secret takes them, which hold until `expiresAt` (ms).
 */
export async function makeIceServers(
  env: Environment,
  peerId: string,
  expiresAt: number,
): Promise<IceServer[]> {
  const stun = list(env.STUN);
  const turn = list(env.TURN);
  const secret = String(env.TURN_SECRET ?? '');
  const servers: IceServer[] = [];

  if (stun.length > 0) servers.push({ urls: stun });
  if (turn.length > 0 && secret !== '') {
    const username = `${Math.floor(expiresAt / 1000)}:${peerId}`;
    servers.push({ urls: turn, username, credential: await sign(secret, username) });
  }

  return servers;
}
