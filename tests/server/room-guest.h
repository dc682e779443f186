/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-room-client.h"

G_BEGIN_DECLS

/* A client of the room of all tests, and what it has told. */
typedef struct {
  DuoRoomClient *client;
  guint joined;
  guint greeted;
  GQueue heard; /* "FROM NAME addressed|all" */
  char *left;
  char *announcement;
  gboolean closed;
  DuoRoomCloseReason reason;
} Guest;

Guest *guest_new (guint16 port, gboolean sealed, const char *peer_id, const char *secret);
Guest *guest_join (guint16 port, gboolean sealed, const char *peer_id, const char *secret);
void guest_free (Guest *guest);
gboolean guest_say (Guest *guest, const char *name, const char *to);
void guest_expect (Guest *guest, const char *expected);
void guest_left_cb (GObject *source, GAsyncResult *result, gpointer user_data);
void guest_leave (Guest *guest);

G_END_DECLS
