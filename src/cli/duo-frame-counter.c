/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-frame-counter.h"

struct _DuoFrameCounter {
  gatomicrefcount references;
  GMutex mutex;

  /* Guarded by the mutex */
  guint frames;
  gint64 first;
};

static GstPadProbeReturn
on_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DuoFrameCounter *self = user_data;

  g_mutex_lock (&self->mutex);
  if (self->frames++ == 0)
    self->first = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);

  return GST_PAD_PROBE_OK;
}

/**
 * duo_frame_counter_new:
 *
 * Returns: (transfer full): a counter
 */
DuoFrameCounter *
duo_frame_counter_new (void)
{
  DuoFrameCounter *self = g_new0 (DuoFrameCounter, 1);

  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);

  return self;
}

/**
 * duo_frame_counter_unref:
 * @self: (transfer full): a counter
 *
 * Drops a reference.
 */
void
duo_frame_counter_unref (DuoFrameCounter *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * duo_frame_counter_watch:
 * @self: a counter
 * @sink: an element with a pad `sink`
 *
 * Counts what comes to @sink, too.
 */
void
duo_frame_counter_watch (DuoFrameCounter *self, GstElement *sink)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  g_atomic_ref_count_inc (&self->references);
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER,
                     on_frame,
                     self,
                     (GDestroyNotify) duo_frame_counter_unref);
}

/**
 * duo_frame_counter_get_frames:
 * @self: a counter
 *
 * Returns: how many pictures came
 */
guint
duo_frame_counter_get_frames (DuoFrameCounter *self)
{
  guint frames;

  g_mutex_lock (&self->mutex);
  frames = self->frames;
  g_mutex_unlock (&self->mutex);

  return frames;
}

/**
 * duo_frame_counter_get_first:
 * @self: a counter
 *
 * Returns: when the first one came, monotonic µs, or 0
 */
gint64
duo_frame_counter_get_first (DuoFrameCounter *self)
{
  gint64 first;

  g_mutex_lock (&self->mutex);
  first = self->first;
  g_mutex_unlock (&self->mutex);

  return first;
}
