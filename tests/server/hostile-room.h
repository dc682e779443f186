/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _HostileRoom HostileRoom;
typedef struct _HostileGuest HostileGuest;

/**
 * HostileMeddler:
 * @room: the server
 * @from: who has sent something
 * @text: what it was
 *
 * Does whatever it likes instead of passing a message on.
 */
typedef void (*HostileMeddler) (HostileRoom *room, HostileGuest *from, const char *text);

/**
 * HostileGuest:
 *
 * Somebody in a room of the hostile server.
 */
struct _HostileGuest {
  HostileRoom *room;
  SoupWebsocketConnection *websocket;
  char *path; /* the room */
  char *peer_id;
  char *held; /* nullable: a message that was kept back */
  guint held_id;
};

/**
 * HostileRoom:
 *
 * A room server that greets and passes messages on as one has to, until it is told otherwise.
 */
struct _HostileRoom {
  SoupServer *http;
  guint16 port;
  GPtrArray *guests;      /* HostileGuest */
  GPtrArray *heard;       /* whatever was passed on, as text */
  HostileMeddler meddler; /* nullable */
  char *greeting; /* nullable: fields of room-joined that take the place of the right ones */
  guint meddled;  /* how often the meddler was asked */
  gboolean split; /* whoever comes gets a room of their own: `…/0`, `…/1` and so on */
  guint came;
};

HostileRoom *hostile_room_new (void);
void hostile_room_free (HostileRoom *self);
void hostile_room_pass (HostileRoom *self, HostileGuest *from, const char *text);
void hostile_room_tell (HostileRoom *self, const char *text);

G_END_DECLS
