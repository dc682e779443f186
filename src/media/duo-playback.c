/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-playback.h"

#include "duo-chime.h"
#include "duo-elements.h"
#include "duo-playout.h"

/**
 * DuoPlayback:
 *
 * What is heard: the other's sound, on time, and the chime over it. Goes to the speaker and, where
 * there is one, to a recording. Thread-safe: the sound itself never sees the main thread.
 */
struct _DuoPlayback {
  GObject parent_instance;

  GMutex mutex; /* guards all that follows */

  /* Owned */
  GstAppSink *source;
  GstAppSrc *target;
  GstAppSrc *tap;
  GstCaps *format;
  GstClock *clock;

  DuoPlayout playout;
  guint chime_position; /* samples; DUO_CHIME_LENGTH when it is over */
  GstClockTime last_sample_at;
};

G_DEFINE_FINAL_TYPE (DuoPlayback, duo_playback, G_TYPE_OBJECT)

static void
push_to (DuoPlayback *self, GstAppSrc *target, GstBuffer *buffer, GstClockTime at)
{
  GstClockTime base_time;

  if (target == NULL || GST_STATE (target) != GST_STATE_PLAYING)
    return;
  base_time = gst_element_get_base_time (GST_ELEMENT (target));
  if (at < base_time)
    return;

  g_autoptr (GstBuffer) copy = gst_buffer_copy (buffer);
  GST_BUFFER_PTS (copy) = at - base_time;
  GST_BUFFER_DTS (copy) = GST_CLOCK_TIME_NONE;
  g_autoptr (GstSample) sample = gst_sample_new (copy, self->format, NULL, NULL);
  gst_app_src_push_sample (target, sample);
}

static GstBuffer *
mix_chime (DuoPlayback *self, GstBuffer *buffer)
{
  GstBuffer *mixed;
  GstMapInfo map;

  if (self->chime_position >= DUO_CHIME_LENGTH)
    return gst_buffer_ref (buffer);

  mixed = gst_buffer_copy_deep (buffer);
  if (gst_buffer_map (mixed, &map, GST_MAP_READWRITE)) {
    guint n_samples = map.size / sizeof (gint16);

    duo_chime_mix (self->chime_position, (gint16 *) (gpointer) map.data, n_samples);
    self->chime_position += n_samples;
    gst_buffer_unmap (mixed, &map);
  }
  return mixed;
}

static void
play (DuoPlayback *self, GstAppSink *source, GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstClockTime now = gst_clock_get_time (self->clock);
  GstClockTime at = now;

  if (!gst_caps_can_intersect (gst_sample_get_caps (sample), self->format))
    return;
  if (GST_BUFFER_PTS_IS_VALID (buffer))
    at = duo_playout_schedule (&self->playout,
                               gst_element_get_base_time (GST_ELEMENT (source)) +
                                 GST_BUFFER_PTS (buffer) +
                                 gst_base_sink_get_latency (GST_BASE_SINK (source)),
                               now);
  self->last_sample_at = now;
  push_to (self, self->tap, buffer, at);

  g_autoptr (GstBuffer) mixed = mix_chime (self, buffer);
  push_to (self, self->target, mixed, at);
}

static GstFlowReturn
on_new_sample (GstAppSink *sink, gpointer user_data)
{
  DuoPlayback *self = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  g_mutex_lock (&self->mutex);
  /* One last call may come after the source was taken away. */
  if (sample != NULL && sink == self->source)
    play (self, sink, sample);
  g_mutex_unlock (&self->mutex);
  return GST_FLOW_OK;
}

static void
duo_playback_finalize (GObject *object)
{
  DuoPlayback *self = DUO_PLAYBACK (object);

  gst_clear_object (&self->source);
  gst_clear_object (&self->target);
  gst_clear_object (&self->tap);
  gst_clear_object (&self->clock);
  gst_clear_caps (&self->format);
  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (duo_playback_parent_class)->finalize (object);
}

static void
duo_playback_class_init (DuoPlaybackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = duo_playback_finalize;
}

static void
duo_playback_init (DuoPlayback *self)
{
  g_mutex_init (&self->mutex);
  self->format = duo_elements_dup_voice_caps ();
  self->clock = gst_system_clock_obtain ();
  self->chime_position = DUO_CHIME_LENGTH;
}

/**
 * duo_playback_new:
 *
 * Returns: (transfer full): a playback of nothing to nowhere
 */
DuoPlayback *
duo_playback_new (void)
{
  return g_object_new (DUO_TYPE_PLAYBACK, NULL);
}

/**
 * duo_playback_set_source:
 * @source: (nullable): where the other's sound comes out of its pipeline, in the format of
 *   duo_elements_dup_voice_caps()
 *
 * Once this has returned nothing more of the last source is played. A source keeps the playback
 * alive until it is replaced.
 */
void
duo_playback_set_source (DuoPlayback *self, GstAppSink *source)
{
  GstAppSinkCallbacks callbacks = { .new_sample = on_new_sample };
  GstAppSinkCallbacks none = { NULL };
  g_autoptr (GstAppSink) previous = NULL;

  g_return_if_fail (DUO_IS_PLAYBACK (self));

  g_mutex_lock (&self->mutex);
  previous = g_steal_pointer (&self->source);
  self->source = source != NULL ? gst_object_ref (source) : NULL;
  self->playout = (DuoPlayout){ 0 };
  g_mutex_unlock (&self->mutex);

  if (previous != NULL)
    gst_app_sink_set_callbacks (previous, &none, NULL, NULL);
  if (source != NULL)
    gst_app_sink_set_callbacks (source, &callbacks, g_object_ref (self), g_object_unref);
}

/**
 * duo_playback_set_target:
 * @target: (nullable): entrance of the speaker's pipeline
 *
 * Once this has returned the last target gets nothing more.
 */
void
duo_playback_set_target (DuoPlayback *self, GstAppSrc *target)
{
  g_return_if_fail (DUO_IS_PLAYBACK (self));

  g_mutex_lock (&self->mutex);
  gst_object_replace ((GstObject **) &self->target, (GstObject *) target);
  g_mutex_unlock (&self->mutex);
}

/**
 * duo_playback_set_tap:
 * @tap: (nullable): another place where the other's sound goes, without the chime
 *
 * Once this has returned the last tap gets nothing more.
 */
void
duo_playback_set_tap (DuoPlayback *self, GstAppSrc *tap)
{
  g_return_if_fail (DUO_IS_PLAYBACK (self));

  g_mutex_lock (&self->mutex);
  gst_object_replace ((GstObject **) &self->tap, (GstObject *) tap);
  g_mutex_unlock (&self->mutex);
}

/**
 * duo_playback_play_chime:
 *
 * Plays the chime from its beginning: mixed into the other's sound while there is any.
 */
void
duo_playback_play_chime (DuoPlayback *self)
{
  g_return_if_fail (DUO_IS_PLAYBACK (self));

  g_mutex_lock (&self->mutex);
  GstClockTime now = gst_clock_get_time (self->clock);

  self->chime_position = 0;
  if (self->last_sample_at == 0 || now - self->last_sample_at > 100 * GST_MSECOND) {
    g_autoptr (GstBuffer) silence =
      gst_buffer_new_memdup (&(gint16[DUO_CHIME_LENGTH]){ 0 }, DUO_CHIME_LENGTH * sizeof (gint16));
    g_autoptr (GstBuffer) chime = mix_chime (self, silence);

    push_to (self, self->target, chime, now + 20 * GST_MSECOND);
  }
  g_mutex_unlock (&self->mutex);
}
