// SPDX-License-Identifier: GPL-3.0-or-later

import { refuse } from './refusal.js';
import { formatRoomCode, parseRoomCode } from './room-code.js';
import { isId, utf8 } from './text.js';

const MAX_BYTES = 2048;
const HOST_MAX_CHARS = 253;
const LABEL = /^[a-z0-9_-]{1,63}$/;
const IPV4 = /^(25[0-5]|2[0-4]\d|1?[1-9]?\d)(\.(25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/;

function urlHost(host) {
  try {
    return new URL(`http://${host}`).hostname;
  } catch {
    return refuse('link-host', 'The host is no host name');
  }
}

/* Browsers read a name that ends in a number as an IPv4 address, in octal and hexadecimal too. Only
 * the plain dotted form means the same everywhere. */
function canonicalHost(host) {
  if (host.startsWith('[')) {
    if (!/^\[[0-9a-f:.]+\]$/i.test(host)) refuse('link-host', 'The host is no IPv6 address');
    return urlHost(host);
  }
  /* What browsers would unescape or cut off is refused before they see it. */
  if (!/^[\w.\u0080-\u{10ffff}-]+$/u.test(host)) refuse('link-host', 'The host is no host name');
  const name = /^[\w.-]+$/.test(host) ? host.toLowerCase() : urlHost(host);
  const last = name.split('.').at(-1);
  if (/^(0x[0-9a-f]*|[0-9]*)$/.test(last)) {
    if (!IPV4.test(name)) refuse('link-host', 'The host is no IPv4 address');
    return name;
  }
  if (name.length > HOST_MAX_CHARS || !name.split('.').every((label) => LABEL.test(label)))
    refuse('link-host', 'The host is no host name');
  return name;
}

function parsePort(text) {
  const port = Number(text);
  if (!/^[0-9]+$/.test(text) || port < 1 || port > 65535)
    refuse('link-host', 'The port is not between 1 and 65535');
  return port;
}

/* Scheme, host and port of a URL, more strictly than browsers read them, so that what passes here
 * means the same everywhere. */
function parseAddress(text, plain, secure) {
  const parts = /^([^]*?):\/\/([^/?#]*)([^]*)$/.exec(text);
  const scheme = parts?.[1].toLowerCase();
  if (scheme !== plain && scheme !== secure) refuse('link', 'The link is of no known form');

  const [, , authority, rest] = parts;
  if (authority.includes('@')) refuse('link-user-info', 'The link has a user name in it');
  const split = /^(\[[^\]]*\]|[^:[]+)(?::([^]*))?$/.exec(authority);
  if (split === null) refuse('link-host', 'The link has no host');

  const isSecure = scheme === secure;
  const port = split[2] === undefined ? 0 : parsePort(split[2]);
  const host = canonicalHost(split[1]);
  const isDefault = port === 0 || port === (isSecure ? 443 : 80);
  return { secure: isSecure, host: isDefault ? host : `${host}:${port}`, rest };
}

/** Where a call takes place. */
class JoinLink {
  constructor(address, { symbols = null, party = 'main', room = null }) {
    this.secure = address.secure;
    this.host = address.host;
    this.server = `${address.secure ? 'https' : 'http'}://${address.host}`;
    this.symbols = symbols;
    this.party = party;
    this.room = room;
  }

  toString() {
    return this.symbols === null
      ? this.roomUri()
      : `${this.server}/call#${formatRoomCode(this.symbols)}`;
  }

  toAppUri() {
    return (this.symbols === null ? '' : 'duologue:') + this.toString();
  }

  /** The room's WebSocket address without a query. */
  roomUri(roomId) {
    const scheme = this.secure ? 'wss' : 'ws';
    return `${scheme}://${this.host}/parties/${this.party}/${this.room ?? roomId}`;
  }
}

function parseCallLink(text) {
  const address = parseAddress(text, 'http', 'https');
  const rest = /^\/call(?:#([^]*))?$/.exec(address.rest);
  if (rest === null) refuse('link-path', 'The link does not lead to a call');
  let fragment;
  try {
    /* Mail programs and browsers may have escaped a space or a dash. */
    fragment = decodeURIComponent(rest[1] ?? '');
  } catch {
    refuse('code', 'The code is damaged');
  }
  return new JoinLink(address, { symbols: parseRoomCode(fragment) });
}

function parseOpenLink(text) {
  const address = parseAddress(text, 'ws', 'wss');
  const names = /^\/parties\/([^/]*)\/([^/]*)$/.exec(address.rest);
  if (names === null || !isId(names[1], 1) || !isId(names[2], 1))
    refuse('link-path', 'The link does not lead to a room');
  return new JoinLink(address, { party: names[1], room: names[2] });
}

function parseCode(text, server) {
  const symbols = parseRoomCode(text);
  if (server === null) refuse('code-needs-server', 'A code alone needs a server');
  const address = parseAddress(server.trim(), 'http', 'https');
  if (address.rest !== '' && address.rest !== '/')
    refuse('link-path', "The server's address has more than a host");
  return new JoinLink(address, { symbols });
}

/** Reads a join link of any form; `server` is the one of a code alone. */
export function parseJoinLink(text, server = null) {
  if (utf8(text).length > MAX_BYTES) refuse('link-too-long', 'The link is too long');
  const link = text.replace(/^[ \t\n\v\f\r]+|[ \t\n\v\f\r]+$/g, '');
  if (link === '') refuse('link', 'There is no link');
  if (/\p{Cc}/u.test(link)) refuse('link-control', 'The link has control characters in it');
  if (link.split('#').length > 2) refuse('link-fragment', 'The link has a second "#"');

  if (/^duologue:/i.test(link)) return parseCallLink(link.slice('duologue:'.length));
  if (/^wss?:/i.test(link)) return parseOpenLink(link);
  if (/[:/?#@.]/.test(link)) return parseCallLink(link);
  return parseCode(link, server);
}
