/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-access.h"
#include "duo-room.h"
#include "duo-server-counters.h"
#include "duo-server-limits.h"

G_BEGIN_DECLS

/**
 * DuoRoomTable:
 *
 * The rooms of a server by name, and who may start one. Every time is the rooms' own.
 */
typedef struct _DuoRoomTable DuoRoomTable;

DuoRoomTable *
duo_room_table_new (const DuoServerLimits *limits, gint64 wall_offset, DuoServerCounters *counters);
void duo_room_table_free (DuoRoomTable *self);
void duo_room_table_set_access (DuoRoomTable *self, const DuoAccess *access);
DuoRoom *duo_room_table_find (DuoRoomTable *self, const char *name);
DuoRoom *duo_room_table_start (
  DuoRoomTable *self, const char *name, const char *token, gint64 now, DuoRoomCloseCode *code);
DuoRoom *duo_room_table_take (DuoRoomTable *self, const char *name);
GPtrArray *duo_room_table_list (DuoRoomTable *self, gboolean over, gint64 now);
void duo_room_table_foreach (DuoRoomTable *self,
                             void (*func) (DuoRoom *room, gpointer user_data),
                             gpointer user_data);
guint duo_room_table_count (DuoRoomTable *self);
char *duo_room_table_make_ticket (DuoRoomTable *self, const char *name, gint64 expires_at);

G_END_DECLS
