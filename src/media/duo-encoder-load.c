/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-encoder-load.h"

/* How much of the time between two frames goes into encoding one. The cheap way takes three
 * quarters of the time of the good one: the two are far enough apart not to take turns. */
#define BUSY_ABOVE (1.0 / 8)
#define CALM_BELOW (1.0 / 16)

/* Frames that the average goes back over: a second of them. */
#define MEMORY 30

static void
count_last_frame (DuoEncoderLoad *self, gint64 now)
{
  double share = (double) self->spent / (double) MAX (now - self->begun, 1);

  self->share += (MIN (share, 1) - self->share) / MEMORY;
}

/**
 * duo_encoder_load_begin:
 * @self: a load
 * @now: the monotonic time in microseconds
 *
 * Takes note that a frame is about to be encoded.
 *
 * Returns: whether to encode it in the cheap way
 */
gboolean
duo_encoder_load_begin (DuoEncoderLoad *self, gint64 now)
{
  count_last_frame (self, now);
  if (self->share > BUSY_ABOVE)
    self->busy = TRUE;
  else if (self->share < CALM_BELOW)
    self->busy = FALSE;
  self->begun = now;
  self->spent = 0;
  return self->busy;
}

/**
 * duo_encoder_load_end:
 * @self: a load
 * @now: the monotonic time in microseconds
 *
 * Takes note that the frame is encoded. By the clock on the wall: a processor that is busy with
 * other things is as slow as a slow one.
 */
void
duo_encoder_load_end (DuoEncoderLoad *self, gint64 now)
{
  self->spent = now - self->begun;
}
