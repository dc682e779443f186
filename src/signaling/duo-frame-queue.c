/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-frame-queue.h"

#include <string.h>

#define MAX_FRAMES 128
#define MAX_BYTES (256 * 1024)

/**
 * duo_frame_queue_push:
 * @self: the queue
 * @frame: (transfer full): the text of a frame
 *
 * Appends a frame. While there is too much the oldest is dropped: in a call that was away for so
 * long it is the last word that counts.
 */
void
duo_frame_queue_push (DuoFrameQueue *self, char *frame)
{
  g_return_if_fail (self != NULL && frame != NULL);

  g_queue_push_tail (&self->frames, frame);
  self->bytes += strlen (frame);

  while (self->frames.length > 1 && (self->frames.length > MAX_FRAMES || self->bytes > MAX_BYTES)) {
    g_autofree char *dropped = duo_frame_queue_pop (self);
  }
}

/**
 * duo_frame_queue_pop:
 * @self: the queue
 *
 * Takes the oldest frame out.
 *
 * Returns: (transfer full) (nullable): its text, or %NULL if the queue is empty
 */
char *
duo_frame_queue_pop (DuoFrameQueue *self)
{
  char *frame;

  g_return_val_if_fail (self != NULL, NULL);

  frame = g_queue_pop_head (&self->frames);
  if (frame != NULL)
    self->bytes -= strlen (frame);

  return frame;
}

/**
 * duo_frame_queue_is_empty:
 * @self: the queue
 *
 * Returns: whether nothing waits
 */
gboolean
duo_frame_queue_is_empty (DuoFrameQueue *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_queue_is_empty (&self->frames);
}

/**
 * duo_frame_queue_clear:
 * @self: the queue
 *
 * Drops what waits.
 */
void
duo_frame_queue_clear (DuoFrameQueue *self)
{
  g_return_if_fail (self != NULL);

  g_queue_clear_full (&self->frames, g_free);
  self->bytes = 0;
}
