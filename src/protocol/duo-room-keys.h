/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * DUO_SEAL_KEY_BYTES:
 *
 * The size of a seal key.
 */
#define DUO_SEAL_KEY_BYTES 32

/**
 * DuoRoomKeys:
 *
 * What a room code stands for: the room's id and the key that seals signaling. Immutable; it may be
 * read from any thread.
 */
typedef struct _DuoRoomKeys DuoRoomKeys;

#define DUO_TYPE_ROOM_KEYS (duo_room_keys_get_type ())
GType duo_room_keys_get_type (void);

DuoRoomKeys *duo_room_keys_derive (const char *symbols, GError **error);
void duo_room_keys_derive_async (const char *symbols,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
DuoRoomKeys *duo_room_keys_derive_finish (GAsyncResult *result, GError **error);
DuoRoomKeys *duo_room_keys_ref (DuoRoomKeys *self);
void duo_room_keys_unref (DuoRoomKeys *self);

const char *duo_room_keys_get_room_id (const DuoRoomKeys *self);
GBytes *duo_room_keys_get_seal_key (const DuoRoomKeys *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoRoomKeys, duo_room_keys_unref)

G_END_DECLS
