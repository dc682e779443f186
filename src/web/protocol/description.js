// SPDX-License-Identifier: GPL-3.0-or-later

import { equalBytes, fromHex } from './bytes.js';
import { refuse } from './refusal.js';

/**
 * The one fingerprint of a session description (RFC 8122 section 5): the SHA-256 of the certificate
 * with which its writer has to show up. The browser itself compares the two before any media.
 */
export function fingerprintOf(sdp) {
  const found = [...sdp.matchAll(/^a=fingerprint:(\S+) (\S*)\r?$/gm)];
  const values = found.map(([, algorithm, value]) => {
    if (algorithm.toLowerCase() !== 'sha-256' || !/^[0-9a-f]{2}(:[0-9a-f]{2}){31}$/i.test(value))
      refuse('message', 'A fingerprint that is no SHA-256');
    return fromHex(value.replaceAll(':', ''));
  });
  if (values.length === 0) refuse('message', 'A description without fingerprint');
  if (!values.every((value) => equalBytes(value, values[0])))
    refuse('message', 'A description with more than one fingerprint');
  return values[0];
}
