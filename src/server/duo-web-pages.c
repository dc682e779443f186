/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-web-pages.h"

#include "duo-web-resources.h"

#include <string.h>

#define RESOURCE_PREFIX "/io/github/duologue/Duologue/web"
#define PAGE "/call"

/* Everything comes from this server and nothing is in line, so that what is said in a call cannot
 * become code and the page tells nobody else of the call. WebSockets of the same host are 'self'
 * too. Streams of the camera are no loads and need no entry. */
#define CONTENT_POLICY                                                                             \
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "    \
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

#define PERMISSIONS_POLICY                                                                         \
  "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), "                  \
  "screen-wake-lock=(self), speaker-selection=(self), geolocation=(), payment=(), usb=(), "        \
  "serial=(), hid=(), midi=()"

static const struct {
  const char *suffix;
  const char *content_type;
} types[] = {
  { ".html", "text/html; charset=utf-8" },
  { ".js", "text/javascript; charset=utf-8" },
  { ".css", "text/css; charset=utf-8" },
  { ".svg", "image/svg+xml" },
};

static const char *
get_content_type (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    if (g_str_has_suffix (name, types[i].suffix))
      return types[i].content_type;
  }

  return NULL;
}

/* "/call" is the page, "/call/NAME" is what belongs to it. */
static char *
get_resource_path (const char *path)
{
  if (!g_str_has_prefix (path, PAGE))
    return NULL;
  path += strlen (PAGE);
  if (path[0] == '\0')
    return g_strdup (RESOURCE_PREFIX "/call.html");

  return path[0] == '/' ? g_strconcat (RESOURCE_PREFIX, path, NULL) : NULL;
}

static void
set_headers (SoupMessageHeaders *headers, const char *etag)
{
  /* An old page with new modules would not work: each is asked for, and mostly answered by 304. */
  soup_message_headers_replace (headers, "Cache-Control", "no-cache");
  soup_message_headers_replace (headers, "ETag", etag);
  soup_message_headers_replace (headers, "Content-Security-Policy", CONTENT_POLICY);
  soup_message_headers_replace (headers, "Permissions-Policy", PERMISSIONS_POLICY);
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Cross-Origin-Opener-Policy", "same-origin");
  soup_message_headers_replace (headers, "Cross-Origin-Resource-Policy", "same-origin");
}

/* RFC 9110 section 13.1.2: tags are compared weakly, as proxies that compress weaken them. */
static gboolean
has_tag (SoupServerMessage *message, const char *etag)
{
  const char *list =
    soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                   "If-None-Match");
  g_auto (GStrv) tags = g_strsplit (list != NULL ? list : "", ",", -1);

  for (guint i = 0; tags[i] != NULL; i++) {
    const char *tag = g_strstrip (tags[i]);

    if (g_str_has_prefix (tag, "W/"))
      tag += strlen ("W/");
    if (g_str_equal (tag, etag) || g_str_equal (tag, "*"))
      return TRUE;
  }

  return FALSE;
}

/**
 * duo_web_pages_exist:
 * @path: the path of a request
 *
 * Returns: whether there is the guest page at @path, or something that belongs to it
 */
gboolean
duo_web_pages_exist (const char *path)
{
  g_autofree char *resource_path = get_resource_path (path);

  return resource_path != NULL && get_content_type (resource_path) != NULL &&
         g_resource_get_info (duo_web_get_resource (),
                              resource_path,
                              G_RESOURCE_LOOKUP_FLAGS_NONE,
                              NULL,
                              NULL,
                              NULL);
}

/**
 * duo_web_pages_send:
 * @message: a GET or HEAD request
 * @path: its path, for which duo_web_pages_exist() holds
 *
 * Answers with the guest page or with what belongs to it.
 */
void
duo_web_pages_send (SoupServerMessage *message, const char *path)
{
  g_autofree char *resource_path = get_resource_path (path);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (duo_web_get_resource (),
                                                     resource_path,
                                                     G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                     NULL);
  g_autofree char *checksum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *etag = g_strdup_printf ("\"%.32s\"", checksum);

  set_headers (soup_server_message_get_response_headers (message), etag);
  if (has_tag (message, etag)) {
    soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
    return;
  }

  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message,
                                    get_content_type (resource_path),
                                    SOUP_MEMORY_COPY,
                                    g_bytes_get_data (bytes, NULL),
                                    g_bytes_get_size (bytes));
}
