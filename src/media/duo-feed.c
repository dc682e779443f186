/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-feed.h"

/**
 * DuoFeed:
 *
 * The bridge between pipelines: hands each sample to every target, with its timestamp translated
 * from the running time of the pipeline that captured it to that of the target's. Copies no picture
 * and no sound. Thread-safe.
 */
struct _DuoFeed {
  GObject parent_instance;

  /* Owned */
  GMutex mutex;
  GPtrArray *targets; /* of GstAppSrc, guarded by the mutex */

  gboolean silent; /* guarded by the mutex */
};

G_DEFINE_FINAL_TYPE (DuoFeed, duo_feed, G_TYPE_OBJECT)

/* How far from now a timestamp may be and still be believed: some cameras count from elsewhere. */
#define PLAUSIBLE (2 * GST_SECOND)

static GstBuffer *
copy_silent (GstBuffer *buffer)
{
  GstBuffer *copy = gst_buffer_new_allocate (NULL, gst_buffer_get_size (buffer), NULL);

  gst_buffer_copy_into (copy, buffer, GST_BUFFER_COPY_FLAGS | GST_BUFFER_COPY_TIMESTAMPS, 0, -1);
  gst_buffer_memset (copy, 0, 0, gst_buffer_get_size (buffer));
  return copy;
}

static void
push_to (GstAppSrc *target, GstSample *sample, GstClockTime captured_at, gboolean silent)
{
  GstClockTime base_time = gst_element_get_base_time (GST_ELEMENT (target));

  /* A pipeline that does not run yet has no base time, and takes nothing from before its own. */
  if (GST_STATE (target) != GST_STATE_PLAYING || captured_at < base_time)
    return;

  GstBuffer *captured = gst_sample_get_buffer (sample);
  g_autoptr (GstBuffer) buffer = silent ? copy_silent (captured) : gst_buffer_copy (captured);
  GST_BUFFER_PTS (buffer) = captured_at - base_time;
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;

  g_autoptr (GstSample) translated =
    gst_sample_new (buffer, gst_sample_get_caps (sample), NULL, NULL);
  gst_app_src_push_sample (target, translated);
}

static void
duo_feed_finalize (GObject *object)
{
  DuoFeed *self = DUO_FEED (object);

  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (duo_feed_parent_class)->finalize (object);
}

static void
duo_feed_class_init (DuoFeedClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = duo_feed_finalize;
}

static void
duo_feed_init (DuoFeed *self)
{
  g_mutex_init (&self->mutex);
  self->targets = g_ptr_array_new_with_free_func (gst_object_unref);
}

/**
 * duo_feed_new:
 *
 * Returns: (transfer full): a feed without targets
 */
DuoFeed *
duo_feed_new (void)
{
  return g_object_new (DUO_TYPE_FEED, NULL);
}

/**
 * duo_feed_add_target:
 * @target: entrance of another pipeline, in the format of time
 *
 * Lets the samples go there too, whenever its pipeline runs. Any thread.
 */
void
duo_feed_add_target (DuoFeed *self, GstAppSrc *target)
{
  g_return_if_fail (DUO_IS_FEED (self));
  g_return_if_fail (GST_IS_APP_SRC (target));

  g_mutex_lock (&self->mutex);
  g_ptr_array_add (self->targets, gst_object_ref (target));
  g_mutex_unlock (&self->mutex);
}

/**
 * duo_feed_remove_target:
 * @target: what was added
 *
 * Once this has returned the target gets nothing more. Any thread.
 */
void
duo_feed_remove_target (DuoFeed *self, GstAppSrc *target)
{
  g_return_if_fail (DUO_IS_FEED (self));

  g_mutex_lock (&self->mutex);
  g_ptr_array_remove (self->targets, target);
  g_mutex_unlock (&self->mutex);
}

/**
 * duo_feed_set_silent:
 * @silent: whether to replace what is pushed by silence
 *
 * For sound in signed samples. Once this has returned no more of it gets through. Any thread.
 */
void
duo_feed_set_silent (DuoFeed *self, gboolean silent)
{
  g_return_if_fail (DUO_IS_FEED (self));

  g_mutex_lock (&self->mutex);
  self->silent = silent;
  g_mutex_unlock (&self->mutex);
}

/**
 * duo_feed_push:
 * @sample: a buffer with its caps
 * @base_time: base time of the pipeline it comes from, on the system clock
 *
 * Hands a sample to every target. Never waits for them. Any thread.
 */
void
duo_feed_push (DuoFeed *self, GstSample *sample, GstClockTime base_time)
{
  g_return_if_fail (DUO_IS_FEED (self));

  g_autoptr (GstClock) clock = gst_system_clock_obtain ();
  GstClockTime now = gst_clock_get_time (clock);
  GstClockTime timestamp = GST_BUFFER_PTS (gst_sample_get_buffer (sample));
  GstClockTime captured_at = now;

  if (GST_CLOCK_TIME_IS_VALID (timestamp) &&
      ABS (GST_CLOCK_DIFF (now, base_time + timestamp)) < (GstClockTimeDiff) PLAUSIBLE)
    captured_at = base_time + timestamp;

  g_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->targets->len; i++)
    push_to (g_ptr_array_index (self->targets, i), sample, captured_at, self->silent);
  g_mutex_unlock (&self->mutex);
}
