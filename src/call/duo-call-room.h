/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-call-line.h"
#include "duo-remote-state.h"
#include "duo-room-entry.h"

G_BEGIN_DECLS

#define DUO_TYPE_CALL_ROOM (duo_call_room_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallRoom, duo_call_room, DUO, CALL_ROOM, GObject)

DuoCallRoom *duo_call_room_new (DuoRoomEntry *entry,
                                DuoPeerFactory *factory,
                                DuoRemoteState *state,
                                const char *display_name);

void duo_call_room_join (DuoCallRoom *self);
void duo_call_room_ring (DuoCallRoom *self);
void duo_call_room_leave_async (DuoCallRoom *self,
                                gboolean say_bye,
                                DuoByeReason reason,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
void duo_call_room_leave_finish (DuoCallRoom *self, GAsyncResult *result);

void duo_call_room_set_local (DuoCallRoom *self, gboolean microphone, gboolean camera);
DuoCallLine *duo_call_room_get_line (DuoCallRoom *self);

G_END_DECLS
