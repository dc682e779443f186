/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-video-picture.h"

G_BEGIN_DECLS

/**
 * DuoFrameSlot:
 *
 * Where the streaming threads of sinks leave the newest picture for the main thread. It holds
 * one; a newer one replaces it. Counted, because a sink may outlive the paintable it feeds.
 */
typedef struct _DuoFrameSlot DuoFrameSlot;

/**
 * DuoFrameSlotFunc:
 * @user_data: what was given to duo_frame_slot_new()
 *
 * Called on the main context when there is something to take.
 */
typedef void (*DuoFrameSlotFunc) (gpointer user_data);

DuoFrameSlot *duo_frame_slot_new (DuoFrameSlotFunc arrived, gpointer user_data);
DuoFrameSlot *duo_frame_slot_ref (DuoFrameSlot *self);
void duo_frame_slot_unref (DuoFrameSlot *self);
void duo_frame_slot_close (DuoFrameSlot *self);

guint duo_frame_slot_add_writer (DuoFrameSlot *self);
gboolean duo_frame_slot_wants (DuoFrameSlot *self, guint writer, int *width, int *height);
void duo_frame_slot_put (DuoFrameSlot *self, guint writer, DuoVideoPicture *picture);

DuoVideoPicture *duo_frame_slot_take (DuoFrameSlot *self);
void duo_frame_slot_drawn (DuoFrameSlot *self, int width, int height);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoFrameSlot, duo_frame_slot_unref)

G_END_DECLS
