/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoFrameQueue:
 *
 * What waits to be sent while there is no connection: the newest frames, a bounded number and size
 * of them. A plain value that starts zeroed.
 */
typedef struct {
  /*< private >*/
  GQueue frames;
  gsize bytes;
} DuoFrameQueue;

void duo_frame_queue_push (DuoFrameQueue *self, char *frame);
char *duo_frame_queue_pop (DuoFrameQueue *self);
gboolean duo_frame_queue_is_empty (DuoFrameQueue *self);
void duo_frame_queue_clear (DuoFrameQueue *self);

G_END_DECLS
