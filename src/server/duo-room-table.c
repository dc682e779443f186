/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-table.h"

struct _DuoRoomTable {
  /* Owned */
  GHashTable *rooms; /* name → DuoRoom */

  /* Borrowed */
  const DuoAccess *access; /* NULL where anybody may start a room */
  DuoServerCounters *counters;

  DuoServerLimits limits;
  gint64 wall_offset; /* from the clock of the rooms to 1970, in milliseconds */
};

/**
 * duo_room_table_new:
 * @limits: what rooms are limited by; copied
 * @wall_offset: from the rooms' clock to 1970, in milliseconds
 * @counters: what is counted; outlives the table
 *
 * Makes a table without rooms.
 *
 * Returns: (transfer full): the table
 */
DuoRoomTable *
duo_room_table_new (const DuoServerLimits *limits, gint64 wall_offset, DuoServerCounters *counters)
{
  DuoRoomTable *self = g_new0 (DuoRoomTable, 1);

  self->rooms =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) duo_room_free);
  self->limits = *limits;
  self->wall_offset = wall_offset;
  self->counters = counters;

  return self;
}

/**
 * duo_room_table_free:
 * @self: (transfer full): a table
 *
 * Frees the table and its rooms.
 */
void
duo_room_table_free (DuoRoomTable *self)
{
  g_hash_table_unref (self->rooms);
  g_free (self);
}

/**
 * duo_room_table_set_access:
 * @self: a table
 * @access: (nullable): who may start a room; outlives its use
 *
 * Chooses who may start a room, %NULL for anybody.
 */
void
duo_room_table_set_access (DuoRoomTable *self, const DuoAccess *access)
{
  self->access = access;
}

/**
 * duo_room_table_find:
 * @self: a table
 * @name: a name
 *
 * Returns: (transfer none) (nullable): the room of that name
 */
DuoRoom *
duo_room_table_find (DuoRoomTable *self, const char *name)
{
  return g_hash_table_lookup (self->rooms, name);
}

/**
 * duo_room_table_start:
 * @self: a table
 * @name: the name of a room that there is not
 * @token: (nullable): what the client has brought
 * @now: the present time in milliseconds
 * @code: (out): why not
 *
 * Starts a room.
 *
 * Returns: (transfer none) (nullable): the room, or %NULL with @code set
 */
DuoRoom *
duo_room_table_start (
  DuoRoomTable *self, const char *name, const char *token, gint64 now, DuoRoomCloseCode *code)
{
  DuoRoomRules rules = { .max_participants = self->limits.max_participants,
                         .lifetime = self->limits.room_lifetime,
                         .seat_hold = self->limits.seat_hold,
                         .linger = self->limits.empty_room_time };
  gint64 wall = now + self->wall_offset;
  gint64 expires_at = 0;
  DuoRoom *room;

  *code = 0;
  if (self->access != NULL)
    *code = duo_access_check (self->access, token, name, wall / 1000, &expires_at);
  if (*code != 0)
    return NULL;

  if (g_hash_table_size (self->rooms) >= self->limits.max_rooms) {
    self->counters->drops[DUO_SERVER_DROP_ROOMS]++;
    *code = DUO_ROOM_CLOSE_CODE_TRY_LATER;
    return NULL;
  }

  if (expires_at > 0)
    rules.lifetime = MIN (rules.lifetime, expires_at * 1000 - wall);
  room = duo_room_new (&rules, now);
  g_hash_table_insert (self->rooms, g_strdup (name), room);

  return room;
}

/**
 * duo_room_table_take:
 * @self: a table
 * @name: a name
 *
 * Takes a room out of the table.
 *
 * Returns: (transfer full) (nullable): the room of that name
 */
DuoRoom *
duo_room_table_take (DuoRoomTable *self, const char *name)
{
  g_autofree char *key = NULL;
  gpointer room = NULL;

  g_hash_table_steal_extended (self->rooms, name, (gpointer *) &key, &room);

  return room;
}

/**
 * duo_room_table_list:
 * @self: a table
 * @over: whether only rooms that are over count
 * @now: the present time in milliseconds
 *
 * Lists rooms, so that the table may be changed meanwhile.
 *
 * Returns: (transfer full) (element-type utf8): their names
 */
GPtrArray *
duo_room_table_list (DuoRoomTable *self, gboolean over, gint64 now)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer name, room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, &name, &room)) {
    if (!over || duo_room_is_over (room, now))
      g_ptr_array_add (names, g_strdup (name));
  }

  return names;
}

/**
 * duo_room_table_foreach:
 * @self: a table
 * @func: (scope call): called for each room; it must not change the table
 * @user_data: handed to @func
 *
 * Visits all rooms.
 */
void
duo_room_table_foreach (DuoRoomTable *self,
                        void (*func) (DuoRoom *room, gpointer user_data),
                        gpointer user_data)
{
  GHashTableIter iter;
  gpointer room;

  g_hash_table_iter_init (&iter, self->rooms);
  while (g_hash_table_iter_next (&iter, NULL, &room))
    func (room, user_data);
}

/**
 * duo_room_table_count:
 * @self: a table
 *
 * Returns: the number of rooms
 */
guint
duo_room_table_count (DuoRoomTable *self)
{
  return g_hash_table_size (self->rooms);
}

/**
 * duo_room_table_make_ticket:
 * @self: a table
 * @name: the name of a room
 * @expires_at: when it ends, in milliseconds since 1970
 *
 * Makes what starts the room again, should the server have forgotten it.
 *
 * Returns: (transfer full) (nullable): the ticket, or %NULL where none is needed
 */
char *
duo_room_table_make_ticket (DuoRoomTable *self, const char *name, gint64 expires_at)
{
  return self->access != NULL ? duo_access_make_ticket (self->access, name, expires_at / 1000)
                              : NULL;
}
