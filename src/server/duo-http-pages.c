/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-http-pages.h"

#include "duo-json.h"
#include "duo-web-pages.h"

/* What is no page loads nothing, whatever a browser takes it for. */
#define PLAIN_POLICY "default-src 'none'; frame-ancestors 'none'"

/* Every answer gets these: nothing of ours is to be sniffed, framed or told to others. */
static void
set_headers (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Content-Security-Policy", PLAIN_POLICY);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
}

/* Returns whether the request may be answered; if not, it has been refused. */
static gboolean
check_method (SoupServerMessage *message)
{
  const char *method = soup_server_message_get_method (message);

  if (g_str_equal (method, SOUP_METHOD_GET) || g_str_equal (method, SOUP_METHOD_HEAD))
    return TRUE;

  set_headers (message);
  soup_message_headers_replace (soup_server_message_get_response_headers (message),
                                "Allow",
                                "GET, HEAD");
  soup_server_message_set_status (message, SOUP_STATUS_METHOD_NOT_ALLOWED, NULL);

  return FALSE;
}

static void
send_json (SoupServerMessage *message, JsonObject *object)
{
  g_autofree char *text = NULL;

  if (!check_method (message))
    return;

  text = duo_json_to_string (object);
  set_headers (message);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message,
                                    "application/json",
                                    SOUP_MEMORY_COPY,
                                    text,
                                    strlen (text));
}

/**
 * duo_http_pages_send_health:
 * @message: a request
 * @rooms: the number of rooms
 * @connections: the number of clients
 * @uptime: how long the server has been running, in seconds
 *
 * Answers that the server is well.
 */
void
duo_http_pages_send_health (SoupServerMessage *message,
                            guint rooms,
                            guint connections,
                            gint64 uptime)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_string_member (object, "status", "ok");
  json_object_set_string_member (object, "version", PACKAGE_VERSION);
  json_object_set_int_member (object, "rooms", rooms);
  json_object_set_int_member (object, "connections", connections);
  json_object_set_int_member (object, "uptime", uptime);
  send_json (message, object);
}

/**
 * duo_http_pages_send_metrics:
 * @message: a request
 * @text: what duo_server_counters_to_text() has written
 *
 * Answers with figures for Prometheus.
 */
void
duo_http_pages_send_metrics (SoupServerMessage *message, const char *text)
{
  if (!check_method (message))
    return;

  set_headers (message);
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message,
                                    "text/plain; version=0.0.4; charset=utf-8",
                                    SOUP_MEMORY_COPY,
                                    text,
                                    strlen (text));
}

/**
 * duo_http_pages_send_participants:
 * @message: a request
 * @participants: how many are in the room
 *
 * Answers how many are in a room.
 */
void
duo_http_pages_send_participants (SoupServerMessage *message, guint participants)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "participants", participants);
  send_json (message, object);
}

/**
 * duo_http_pages_send_file:
 * @message: a request
 * @path: its path
 *
 * Answers with the page that people get who open a call's link in a browser, or what belongs to it;
 * 404 for any other path.
 */
void
duo_http_pages_send_file (SoupServerMessage *message, const char *path)
{
  if (!duo_web_pages_exist (path))
    duo_http_pages_send_not_found (message);
  else if (check_method (message))
    duo_web_pages_send (message, path);
}

/**
 * duo_http_pages_send_not_found:
 * @message: a request
 *
 * Answers that there is nothing at that path.
 */
void
duo_http_pages_send_not_found (SoupServerMessage *message)
{
  static const char text[] = "Not found\n";

  set_headers (message);
  soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
  soup_server_message_set_response (message,
                                    "text/plain; charset=utf-8",
                                    SOUP_MEMORY_STATIC,
                                    text,
                                    strlen (text));
}
