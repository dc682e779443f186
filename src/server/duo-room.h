/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoRoom:
 *
 * Who sits in one room, and for how long. A pure value: no socket and no clock of its own. Every
 * time is in milliseconds of whatever clock the caller uses, and is handed in; a connection is an
 * opaque pointer that is only compared and given back.
 *
 * A seat belongs to its SECRET. Whoever brings the SECRET takes the seat, whatever the PEER, and
 * the newest connection wins. A seat that lost its connection is held for its SECRET for a while,
 * and only when it is given up has its PEER gone.
 */
typedef struct _DuoRoom DuoRoom;

/**
 * DuoRoomRules:
 * @max_participants: seats in the room
 * @lifetime: the room ends this long after it began, in milliseconds
 * @seat_hold: how long a seat waits for its SECRET after a lost connection, in milliseconds
 * @linger: the room ends this long after the last participant has gone, in milliseconds
 */
typedef struct {
  guint max_participants;
  gint64 lifetime;
  gint64 seat_hold;
  gint64 linger;
} DuoRoomRules;

/**
 * DuoRoomVerdict:
 * @DUO_ROOM_ADMITTED: the connection has a seat
 * @DUO_ROOM_FULL: every seat is taken or held
 * @DUO_ROOM_FORBIDDEN: the PEER belongs to somebody with another SECRET
 * @DUO_ROOM_EXPIRED: the room has lived its time
 */
typedef enum {
  DUO_ROOM_ADMITTED,
  DUO_ROOM_FULL,
  DUO_ROOM_FORBIDDEN,
  DUO_ROOM_EXPIRED,
} DuoRoomVerdict;

/**
 * DuoRoomEntry:
 * @replaced: (nullable): the connection that lost its seat to the new one
 * @gone: (nullable) (transfer full) (element-type utf8): the PEERs the others must be told have
 *   gone, before anything else; whatever the verdict
 * @announce: whether the others must be told that the new PEER has joined
 *
 * What duo_room_join() changed. Clear with duo_room_entry_clear().
 */
typedef struct {
  gpointer replaced;
  GPtrArray *gone;
  gboolean announce;
} DuoRoomEntry;

void duo_room_entry_clear (DuoRoomEntry *entry);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DuoRoomEntry, duo_room_entry_clear)

/**
 * DuoRoomFunc:
 * @peer_id: the PEER of somebody who is connected
 * @joined_at: when the seat was first taken, in milliseconds
 * @connection: the connection that has the seat
 * @user_data: what the caller gave
 *
 * Called for each connected participant, in order of joining. It must not change the room.
 */
typedef void (*DuoRoomFunc) (const char *peer_id,
                             gint64 joined_at,
                             gpointer connection,
                             gpointer user_data);

DuoRoom *duo_room_new (const DuoRoomRules *rules, gint64 now);
void duo_room_free (DuoRoom *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoRoom, duo_room_free)

GPtrArray *duo_room_give_up_seats (DuoRoom *self, gint64 now);
DuoRoomVerdict duo_room_join (DuoRoom *self,
                              const char *peer_id,
                              const char *secret,
                              gpointer connection,
                              gint64 now,
                              DuoRoomEntry *entry);
char *duo_room_leave (DuoRoom *self, gpointer connection, gboolean for_good, gint64 now);
gpointer duo_room_find (DuoRoom *self, const char *peer_id);
guint duo_room_count (DuoRoom *self);
void duo_room_foreach (DuoRoom *self, DuoRoomFunc func, gpointer user_data);
guint duo_room_get_max_participants (DuoRoom *self);
gint64 duo_room_get_expires_at (DuoRoom *self);
gboolean duo_room_is_expired (DuoRoom *self, gint64 now);
gboolean duo_room_is_over (DuoRoom *self, gint64 now);

G_END_DECLS
