// SPDX-License-Identifier: GPL-3.0-or-later

import files from './pages.json';

const PAGES: Record<string, { text: string; tag: string } | undefined> = files;

const TYPES: Record<string, string | undefined> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/* Everything comes from this server and nothing is in line, so that what is said in a call cannot
 * become code and the page tells nobody else of the call. */
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const PAGE_HEADERS = {
  /* An old page with new modules would not work: each is asked for, and mostly answered by 304. */
  'Cache-Control': 'no-cache',
  'Content-Security-Policy': PAGE_POLICY,
  'Permissions-Policy':
    'camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), ' +
    'screen-wake-lock=(self), speaker-selection=(self), geolocation=(), payment=(), usb=(), ' +
    'serial=(), hid=(), midi=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/* What is no page loads nothing, whatever a browser takes it for. */
const PLAIN_HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function isRead(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** An answer in JSON, to a request that only reads. */
export function jsonResponse(method: string, value: unknown): Response {
  if (!isRead(method))
    return new Response(null, { status: 405, headers: { ...PLAIN_HEADERS, Allow: 'GET, HEAD' } });

  const headers = { ...PLAIN_HEADERS, 'Content-Type': 'application/json' };
  return new Response(method === 'HEAD' ? null : JSON.stringify(value), { headers });
}

/** An answer that says nothing but its status. */
export function emptyResponse(status: number): Response {
  return new Response(null, { status, headers: PLAIN_HEADERS });
}

/** There is nothing at that address. */
export function notFoundResponse(): Response {
  const headers = { ...PLAIN_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' };
  return new Response('Not found\n', { status: 404, headers });
}

/* RFC 9110 section 13.1.2: tags are compared weakly, as proxies that compress weaken them. */
function hasTag(header: string | null, tag: string): boolean {
  return (header ?? '')
    .split(',')
    .map((item) => item.trim().replace(/^W\//, ''))
    .some((item) => item === tag || item === '*');
}

/* "/call" is the page, "/call/NAME" is what belongs to it. */
function pageName(path: string): string | null {
  if (path === '/call') return 'call.html';
  return path.startsWith('/call/') ? path.slice('/call/'.length) : null;
}

/** The guest page and what belongs to it; 404 for any other path. */
export function pageResponse(method: string, path: string, ifNoneMatch: string | null): Response {
  const name = pageName(path);
  const page = name !== null && Object.hasOwn(PAGES, name) ? PAGES[name] : undefined;
  const type = name === null ? undefined : TYPES[name.slice(name.lastIndexOf('.') + 1)];
  if (page === undefined || type === undefined) return notFoundResponse();
  if (!isRead(method))
    return new Response(null, { status: 405, headers: { ...PLAIN_HEADERS, Allow: 'GET, HEAD' } });

  const etag = `"${page.tag}"`;
  const headers = { ...PAGE_HEADERS, ETag: etag, 'Content-Type': type };
  if (hasTag(ifNoneMatch, etag)) return new Response(null, { status: 304, headers });

  return new Response(method === 'HEAD' ? null : page.text, { headers });
}
