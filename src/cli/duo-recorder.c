/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-cli"

#include "config.h"

#include "duo-recorder.h"

#include <gio/gio.h>

#include "duo-elements.h"

/* A file has one size of picture; others are fitted in. */
#define WIDTH 1280
#define HEIGHT 720
#define BITRATE 2000000

#define BUFFERED (2 * GST_SECOND)
#define FINISH_TIMEOUT (5 * GST_SECOND)

/* Writes the other's sound and picture to a WebM file, over all connections of a call. */
struct _DuoRecorder {
  GObject parent_instance;

  /* Owned */
  GstElement *pipeline;
  GstElement *sound;
  GstElement *picture;
  GstElement *muxer;
};

G_DEFINE_FINAL_TYPE (DuoRecorder, duo_recorder, G_TYPE_OBJECT)

static gboolean
add_branch (DuoRecorder *self, GstElement **chain, gsize length)
{
  return duo_elements_add_chain (GST_BIN (self->pipeline), chain, length) &&
         gst_element_link (chain[length - 1], self->muxer);
}

static gboolean
add_picture (DuoRecorder *self, GError **error)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("video/x-raw",
                                                  "format",
                                                  G_TYPE_STRING,
                                                  "I420",
                                                  "width",
                                                  G_TYPE_INT,
                                                  WIDTH,
                                                  "height",
                                                  G_TYPE_INT,
                                                  HEIGHT,
                                                  "pixel-aspect-ratio",
                                                  GST_TYPE_FRACTION,
                                                  1,
                                                  1,
                                                  NULL);
  GstElement *chain[] = {
    duo_elements_make_appsrc ("picture", BUFFERED, error),
    duo_elements_make ("videoscale", NULL, error),
    duo_elements_make ("videoconvert", NULL, error),
    duo_elements_make_caps_filter (NULL, caps),
    duo_elements_make ("vp8enc", "video-encoder", error),
    duo_elements_make ("queue", NULL, error),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (chain); i++) {
    if (chain[i] == NULL)
      return FALSE;
  }

  g_object_set (chain[4],
                "deadline",
                G_GINT64_CONSTANT (1),
                "cpu-used",
                -8,
                "target-bitrate",
                BITRATE,
                "keyframe-max-dist",
                150,
                NULL);
  self->picture = gst_object_ref (chain[0]);

  return add_branch (self, chain, G_N_ELEMENTS (chain));
}

static gboolean
add_sound (DuoRecorder *self, GError **error)
{
  GstElement *chain[] = {
    duo_elements_make_appsrc ("sound", BUFFERED, error),
    duo_elements_make ("audioconvert", NULL, error),
    duo_elements_make ("opusenc", "audio-encoder", error),
    duo_elements_make ("queue", NULL, error),
  };

  for (gsize i = 0; i < G_N_ELEMENTS (chain); i++) {
    if (chain[i] == NULL)
      return FALSE;
  }
  self->sound = gst_object_ref (chain[0]);

  return add_branch (self, chain, G_N_ELEMENTS (chain));
}

static gboolean
set_up (DuoRecorder *self, const char *path, GstClock *clock, GError **error)
{
  GstElement *file;

  self->pipeline = gst_pipeline_new ("recorder");
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);

  self->muxer = duo_elements_make ("webmmux", NULL, error);
  file = duo_elements_make ("filesink", NULL, error);
  if (self->muxer == NULL || file == NULL)
    return FALSE;

  g_object_set (file, "location", path, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), gst_object_ref (self->muxer), file, NULL);
  if (!gst_element_link (self->muxer, file) || !add_picture (self, error) ||
      !add_sound (self, error))
    return FALSE;

  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) != GST_STATE_CHANGE_FAILURE)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot write to “%s”", path);

  return FALSE;
}

static GstPadProbeReturn
on_picture (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DuoRecorder *self = user_data;
  GstElement *source = self->picture;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autoptr (GstClock) clock = gst_element_get_clock (source);
  g_autoptr (GstBuffer) buffer = NULL;
  g_autoptr (GstSample) sample = NULL;

  if (clock == NULL || caps == NULL)
    return GST_PAD_PROBE_OK;

  /* Each connection has times of its own; when it came is what goes on over all of them. */
  buffer = gst_buffer_copy (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_BUFFER_PTS (buffer) = gst_clock_get_time (clock) - gst_element_get_base_time (source);
  GST_BUFFER_DTS (buffer) = GST_CLOCK_TIME_NONE;
  sample = gst_sample_new (buffer, caps, NULL, NULL);
  gst_app_src_push_sample (GST_APP_SRC (source), sample);

  return GST_PAD_PROBE_OK;
}

static void
duo_recorder_finalize (GObject *object)
{
  DuoRecorder *self = DUO_RECORDER (object);

  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->sound);
  gst_clear_object (&self->picture);
  gst_clear_object (&self->muxer);
  gst_clear_object (&self->pipeline);

  G_OBJECT_CLASS (duo_recorder_parent_class)->finalize (object);
}

static void
duo_recorder_class_init (DuoRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = duo_recorder_finalize;
}

static void
duo_recorder_init (DuoRecorder *self)
{
}

/**
 * duo_recorder_new:
 * @path: the file to write
 * @clock: the clock of sound and picture
 * @error: return location for a #GError
 *
 * Opens a file and waits for sound and picture.
 *
 * Returns: (transfer full): a recorder, or %NULL on error
 */
DuoRecorder *
duo_recorder_new (const char *path, GstClock *clock, GError **error)
{
  g_autoptr (DuoRecorder) self = g_object_new (DUO_TYPE_RECORDER, NULL);

  return set_up (self, path, clock, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * duo_recorder_get_sound:
 * @self: a recorder
 *
 * Returns: (transfer none): where sound goes in
 */
GstAppSrc *
duo_recorder_get_sound (DuoRecorder *self)
{
  g_return_val_if_fail (DUO_IS_RECORDER (self), NULL);

  return GST_APP_SRC (self->sound);
}

/**
 * duo_recorder_watch:
 * @self: a recorder
 * @sink: where pictures go
 *
 * Records the pictures that come to @sink, too.
 */
void
duo_recorder_watch (DuoRecorder *self, GstElement *sink)
{
  g_autoptr (GstPad) pad = NULL;

  g_return_if_fail (DUO_IS_RECORDER (self));

  pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER,
                     on_picture,
                     g_object_ref (self),
                     g_object_unref);
}

/**
 * duo_recorder_finish:
 * @self: a recorder
 * @error: return location for a #GError
 *
 * Completes the file. Blocks for some seconds at most.
 *
 * Returns: whether the file is whole
 */
gboolean
duo_recorder_finish (DuoRecorder *self, GError **error)
{
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  g_return_val_if_fail (DUO_IS_RECORDER (self), FALSE);

  gst_app_src_end_of_stream (GST_APP_SRC (self->sound));
  gst_app_src_end_of_stream (GST_APP_SRC (self->picture));
  bus = gst_element_get_bus (self->pipeline);
  message = gst_bus_timed_pop_filtered (bus, FINISH_TIMEOUT, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);

  if (message != NULL && GST_MESSAGE_TYPE (message) == GST_MESSAGE_EOS)
    return TRUE;

  if (message != NULL)
    gst_message_parse_error (message, error, NULL);
  else
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_TIMED_OUT,
                         "The recording could not be completed");

  return FALSE;
}
