/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-join-link.h"
#include "duo-room-client.h"

G_BEGIN_DECLS

/**
 * DuoRoomEntry:
 *
 * All that it takes to go into the room of a link: its keys, a seat, a PEER of our own, and a
 * client that has not joined yet.
 */
typedef struct _DuoRoomEntry DuoRoomEntry;

void duo_room_entry_prepare_async (DuoJoinLink *link,
                                   const char *state_directory,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
DuoRoomEntry *duo_room_entry_prepare_finish (GAsyncResult *result, GError **error);
void duo_room_entry_free (DuoRoomEntry *self);

DuoRoomClient *duo_room_entry_get_client (DuoRoomEntry *self);
const char *duo_room_entry_get_peer_id (DuoRoomEntry *self);
GBytes *duo_room_entry_get_seal_key (DuoRoomEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoRoomEntry, duo_room_entry_free)

G_END_DECLS
