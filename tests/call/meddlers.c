/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "meddlers.h"

#include <string.h>

/* A description is longer than this, sealed or not; nothing else is. */
#define DESCRIPTION_MIN 1000
#define FLOOD 1000
#define HOLD 100 /* ms */
#define FINGERPRINT "a=fingerprint:sha-256 "

static gboolean
is_description (const char *text)
{
  return strlen (text) > DESCRIPTION_MIN;
}

/* Another character in the middle of the sealed data. */
static char *
alter_sealed (const char *text)
{
  char *altered = g_strdup (text);
  char *at = strstr (altered, "\"data\":\"");

  g_assert_nonnull (at);
  at += strlen ("\"data\":\"") + 8;
  *at = *at == 'A' ? 'B' : 'A';

  return altered;
}

void
meddle_alter_all (HostileRoom *room, HostileGuest *from, const char *text)
{
  g_autofree char *altered = alter_sealed (text);

  hostile_room_pass (room, from, altered);
}

void
meddle_alter_descriptions (HostileRoom *room, HostileGuest *from, const char *text)
{
  g_autofree char *altered = is_description (text) ? alter_sealed (text) : g_strdup (text);

  hostile_room_pass (room, from, altered);
}

/* As somebody would who wants to be taken for the other: every fingerprint is another one. */
void
meddle_swap_fingerprints (HostileRoom *room, HostileGuest *from, const char *text)
{
  g_autofree char *swapped = g_strdup (text);

  for (char *at = swapped; (at = strstr (at, FINGERPRINT)) != NULL;) {
    at += strlen (FINGERPRINT);
    *at = *at == 'A' ? 'B' : 'A';
  }
  hostile_room_pass (room, from, swapped);
}

/* Words of the descriptions. */
void
meddle_garble_descriptions (HostileRoom *room, HostileGuest *from, const char *text)
{
  g_autoptr (GString) garbled = g_string_new (text);

  g_string_replace (garbled, "m=video", "m=radio", 0);
  g_string_replace (garbled, "a=mid:", "a=mud:", 0);
  hostile_room_pass (room, from, garbled->str);
}

void
meddle_drop_all (HostileRoom *room, HostileGuest *from, const char *text)
{
}

void
meddle_drop_descriptions (HostileRoom *room, HostileGuest *from, const char *text)
{
  if (!is_description (text))
    hostile_room_pass (room, from, text);
}

/* Every message three times, and all that were before once more. */
void
meddle_replay (HostileRoom *room, HostileGuest *from, const char *text)
{
  guint count = MIN (room->heard->len, 50);

  for (guint i = 0; i < 3; i++)
    hostile_room_pass (room, from, text);
  for (guint i = 0; i < count; i++)
    hostile_room_tell (room, g_ptr_array_index (room->heard, i));
}

static gboolean
on_held_for_long (gpointer user_data)
{
  HostileGuest *from = user_data;

  from->held_id = 0;
  hostile_room_pass (from->room, from, from->held);
  g_clear_pointer (&from->held, g_free);

  return G_SOURCE_REMOVE;
}

/* What comes soon after something else overtakes it. */
void
meddle_reorder (HostileRoom *room, HostileGuest *from, const char *text)
{
  if (from->held == NULL) {
    from->held = g_strdup (text);
    from->held_id = g_timeout_add (HOLD, on_held_for_long, from);
    return;
  }
  hostile_room_pass (room, from, text);
  hostile_room_pass (room, from, from->held);
  g_clear_pointer (&from->held, g_free);
  g_clear_handle_id (&from->held_id, g_source_remove);
}

void
meddle_reflect (HostileRoom *room, HostileGuest *from, const char *text)
{
  for (guint i = 0; i < room->guests->len; i++)
    if (g_ptr_array_index (room->guests, i) == from)
      soup_websocket_connection_send_text (from->websocket, text);
}

void
meddle_pass_and_reflect (HostileRoom *room, HostileGuest *from, const char *text)
{
  hostile_room_pass (room, from, text);
  meddle_reflect (room, from, text);
}

/* What the server makes up, in the other's name, in its own and in that of strangers. */
void
meddle_inject (HostileRoom *room, HostileGuest *from, const char *text)
{
  static const char *const made_up[] = {
    "{\"type\":\"hello\",\"from\":\"%s\",\"displayName\":\"Eve\",\"offers\":1,\"epoch\":1}",
    "{\"type\":\"bye\",\"from\":\"%s\",\"reason\":\"left\"}",
    "{\"type\":\"restart\",\"from\":\"%s\",\"epoch\":9}",
    "{\"type\":\"reveal\",\"from\":\"%s\",\"epoch\":1,"
    "\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"}",
    "{\"type\":\"sealed\",\"from\":\"%s\",\"iv\":\"AAAAAAAAAAAAAAAA\","
    "\"data\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}",
    "{\"type\":\"sealed\",\"from\":\"%s\",\"iv\":7,\"data\":null}",
    "{\"type\":\"peer-joined\",\"peer\":{\"id\":\"%s\",\"joinedAt\":1}}",
    "{\"type\":\"error\",\"code\":4004,\"message\":\"%s\"}",
    "{\"type\":\"room-joined\",\"peerId\":\"%s\"}",
    "{\"type\":\"%s\"}",
  };
  const char *const names[] = { from->peer_id, "eeeeeeeeeeeeeeeeeeeeee" };

  for (guint i = 0; i < G_N_ELEMENTS (made_up); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (names); j++) {
      g_auto (GStrv) parts = g_strsplit (made_up[i], "%s", -1);
      g_autofree char *whole = g_strjoinv (names[j], parts);

      hostile_room_tell (room, whole);
    }
  }
  hostile_room_pass (room, from, text);
}

void
meddle_flood (HostileRoom *room, HostileGuest *from, const char *text)
{
  static const char *const rubbish[] = {
    "{\"type\":\"announcement\",\"text\":\"Buy now!\"}",
    "{\"type\":\"peer-joined\",\"peer\":{\"id\":\"eeeeeeeeeeeeeeeeeeeeee\",\"joinedAt\":1}}",
    ("{\"type\":\"sealed\",\"from\":\"eeeeeeeeeeeeeeeeeeeeee\",\"iv\":\"AAAAAAAAAAAAAAAA\","
     "\"data\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}"),
    "{\"type\":\"pong\"}",
    "{\"type\":\"nothing\"}",
  };

  for (guint i = 0; i < FLOOD; i++)
    hostile_room_tell (room, rubbish[i % G_N_ELEMENTS (rubbish)]);
  hostile_room_pass (room, from, text);
}

/* What is no message at all. */
void
meddle_litter (HostileRoom *room, HostileGuest *from, const char *text)
{
  static const char *const texts[] = {
    "", "{", "[]", "7", "{}", "{\"type\":7}", "{\"type\":\"\"}"
  };
  g_autofree char *giant = g_strnfill (120 * 1024, '[');
  g_autofree char *long_name = g_strnfill (60 * 1024, 'x');
  g_autofree char *long_type = g_strdup_printf ("{\"type\":\"%s\"}", long_name);
  g_autofree char *deep = g_strnfill (5000, '[');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    hostile_room_tell (room, texts[i]);
  hostile_room_tell (room, giant);
  hostile_room_tell (room, long_type);
  hostile_room_tell (room, deep);
  for (guint i = 0; i < room->guests->len; i++) {
    HostileGuest *guest = g_ptr_array_index (room->guests, i);

    soup_websocket_connection_send_binary (guest->websocket, "\0\1\2", 3);
    soup_websocket_connection_send_binary (guest->websocket, text, strlen (text));
  }
  hostile_room_pass (room, from, text);
}
