/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Runs the main loop until a condition holds, and fails after a time no working machine needs. */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline_ = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                              \
    guint tick_ = g_timeout_add (20, wait_tick, NULL);                                             \
    while (!(condition)) {                                                                         \
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_);                                     \
      g_main_context_iteration (NULL, TRUE);                                                       \
    }                                                                                              \
    g_source_remove (tick_);                                                                       \
  }                                                                                                \
  G_STMT_END

gboolean wait_tick (gpointer user_data);

/* Four PEERs and SECRETs to tell participants apart. */
#define PEER_A "aaaaaaaaaaaaaaaaaaaaaa"
#define PEER_B "bbbbbbbbbbbbbbbbbbbbbb"
#define PEER_C "cccccccccccccccccccccc"
#define PEER_D "dddddddddddddddddddddd"
#define SECRET_A "AAAAAAAAAAAAAAAAAAAAAA"
#define SECRET_B "BBBBBBBBBBBBBBBBBBBBBB"
#define SECRET_C "CCCCCCCCCCCCCCCCCCCCCC"

/* A plain WebSocket client of a room, as any program could be one. */
typedef struct {
  SoupSession *session;
  SoupWebsocketConnection *websocket;
  GError *error;
  GQueue texts;
  gboolean closed;
  guint code;
} RoomPeer;

RoomPeer *room_peer_open (guint16 port, const char *path_and_query);
RoomPeer *room_peer_enter (guint16 port, const char *peer_id, const char *secret);
void room_peer_free (RoomPeer *self);
void room_peer_leave (RoomPeer *self);
void room_peer_send (RoomPeer *self, const char *text);
void room_peer_say (RoomPeer *self, const char *from, const char *to, const char *what);
char *room_peer_next (RoomPeer *self);
JsonObject *room_peer_expect (RoomPeer *self, const char *type);
void room_peer_expect_said (RoomPeer *self, const char *from, const char *what);
void room_peer_expect_nothing (RoomPeer *self);
void room_peer_expect_close (RoomPeer *self, guint code);

/* The same by hand on a socket, for what a proper WebSocket library does not do. */
GSocketConnection *room_wire_open (guint16 port, const char *peer_id, const char *secret);
gboolean
room_wire_send_frame (GSocketConnection *wire, guint8 head, const char *data, gsize length);
guint room_wire_read_close (GSocketConnection *wire);

G_END_DECLS
