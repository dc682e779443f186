/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-recorder.h"

#include "duo-audio-encoder.h"
#include "duo-elements.h"
#include "duo-feed.h"
#include "duo-media-error.h"
#include "duo-video-encoder.h"

#include <gst/video/video.h>

#define WIDTH 1280
#define HEIGHT 720
#define BITRATE 2000000
#define STOP_SECONDS 5

/**
 * DuoRecorder:
 *
 * Writes the other's picture and sound to a WebM file: VP8, letterboxed into 1280x720, and Opus.
 * Peers may come and go meanwhile.
 */
struct _DuoRecorder {
  GObject parent_instance;

  /* Owned */
  GstElement *pipeline;
  DuoFeed *pictures;
  GTask *stop;
  GError *error; /* the first that happened */

  /* Borrowed, elements of the pipeline */
  DuoVideoEncoder *video_encoder;
  DuoAudioEncoder *audio_encoder;

  guint stop_timeout_id;
};

G_DEFINE_FINAL_TYPE (DuoRecorder, duo_recorder, G_TYPE_OBJECT)

static GstCaps *
dup_picture_caps (void)
{
  return gst_caps_new_simple ("video/x-raw",
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
}

/* The muxer waits for both streams to begin, and one of them may never do so by itself. */
static void
begin_streams (DuoRecorder *self)
{
  g_autoptr (GstCaps) picture_caps = dup_picture_caps ();
  g_autoptr (GstCaps) sound_caps = duo_elements_dup_voice_caps ();
  g_autoptr (GstBuffer) black =
    gst_buffer_new_allocate (NULL, WIDTH * HEIGHT + WIDTH * HEIGHT / 2, NULL);
  g_autoptr (GstBuffer) silence = gst_buffer_new_allocate (NULL, 960 * sizeof (gint16), NULL);

  gst_buffer_memset (black, 0, 16, WIDTH * HEIGHT);
  gst_buffer_memset (black, WIDTH * HEIGHT, 128, WIDTH * HEIGHT / 2);
  gst_buffer_memset (silence, 0, 0, 960 * sizeof (gint16));
  GST_BUFFER_PTS (black) = 0;
  GST_BUFFER_PTS (silence) = 0;
  GST_BUFFER_DURATION (silence) = 20 * GST_MSECOND;

  g_autoptr (GstSample) picture = gst_sample_new (black, picture_caps, NULL, NULL);
  g_autoptr (GstSample) sound = gst_sample_new (silence, sound_caps, NULL, NULL);
  gst_app_src_push_sample (duo_video_encoder_get_source (self->video_encoder), picture);
  gst_app_src_push_sample (duo_audio_encoder_get_source (self->audio_encoder), sound);
}

static void
finish_stop (DuoRecorder *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stop);

  g_clear_handle_id (&self->stop_timeout_id, g_source_remove);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  if (self->error != NULL)
    g_task_return_error (task, g_error_copy (self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
on_stop_timeout (gpointer user_data)
{
  DuoRecorder *self = user_data;

  self->stop_timeout_id = 0;
  if (self->error == NULL)
    self->error = g_error_new_literal (DUO_MEDIA_ERROR,
                                       DUO_MEDIA_ERROR_FAILED,
                                       "The recording does not come to its end");
  finish_stop (self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  g_autoptr (DuoRecorder) self = g_object_ref (user_data);
  GstMessageType type = GST_MESSAGE_TYPE (message);

  if (type == GST_MESSAGE_ERROR && self->error == NULL)
    gst_message_parse_error (message, &self->error, NULL);
  if ((type == GST_MESSAGE_ERROR || type == GST_MESSAGE_EOS) && self->stop != NULL)
    finish_stop (self);
  return G_SOURCE_CONTINUE;
}

static GstFlowReturn
on_new_picture (GstAppSink *sink, gpointer user_data)
{
  DuoFeed *pictures = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);
  g_autoptr (GstCaps) caps = dup_picture_caps ();
  g_autoptr (GstSample) plain = NULL;

  if (sample == NULL)
    return GST_FLOW_OK;

  /* The muxer bears no change, not even of the frame rate. As late as it is shown the picture goes
   * with the sound. */
  plain = gst_sample_new (gst_sample_get_buffer (sample), caps, NULL, NULL);
  duo_feed_push (pictures,
                 plain,
                 gst_element_get_base_time (GST_ELEMENT (sink)) +
                   gst_base_sink_get_latency (GST_BASE_SINK (sink)));
  return GST_FLOW_OK;
}

static gboolean
build (DuoRecorder *self, const char *path, GError **error)
{
  GstElement *muxer, *file;

  self->video_encoder = duo_video_encoder_new (error);
  self->audio_encoder = duo_audio_encoder_new (error);
  muxer = duo_elements_make ("webmmux", "muxer", error);
  file = duo_elements_make ("filesink", "file", error);

  GstElement *elements[] = { GST_ELEMENT (self->video_encoder),
                             GST_ELEMENT (self->audio_encoder),
                             muxer,
                             file,
                             duo_elements_make ("queue", "video-queue", error),
                             duo_elements_make ("queue", "audio-queue", error) };
  gboolean complete = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++) {
    complete = complete && elements[i] != NULL;
    if (elements[i] != NULL)
      gst_bin_add (GST_BIN (self->pipeline), elements[i]);
  }
  if (!complete)
    return FALSE;

  /* Nothing has to arrive before everything else goes. */
  g_object_set (file, "location", path, "async", FALSE, NULL);
  /* One stream may be silent for as long as it likes while the muxer holds back the other. */
  for (guint i = 4; i < 6; i++)
    g_object_set (elements[i],
                  "max-size-time",
                  G_GUINT64_CONSTANT (0),
                  "max-size-buffers",
                  0,
                  "max-size-bytes",
                  0,
                  NULL);
  return gst_element_link_many (elements[0], elements[4], muxer, file, NULL) &&
         gst_element_link_many (elements[1], elements[5], muxer, NULL);
}

static void
duo_recorder_dispose (GObject *object)
{
  DuoRecorder *self = DUO_RECORDER (object);

  g_clear_handle_id (&self->stop_timeout_id, g_source_remove);
  if (self->pipeline != NULL) {
    g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

    gst_bus_remove_watch (bus);
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  }
  gst_clear_object (&self->pipeline);
  g_clear_object (&self->pictures);
  g_clear_error (&self->error);

  G_OBJECT_CLASS (duo_recorder_parent_class)->dispose (object);
}

static void
duo_recorder_class_init (DuoRecorderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_recorder_dispose;
}

static void
duo_recorder_init (DuoRecorder *self)
{
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();
  g_autoptr (GstBus) bus = NULL;

  self->pictures = duo_feed_new ();
  self->pipeline = gst_object_ref_sink (gst_pipeline_new ("recorder"));
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_add_watch (bus, on_bus_message, self);
}

/**
 * duo_recorder_new:
 * @path: the file, which is written over
 * @error: return location for an error: a plug-in is missing, or the file cannot be written
 *
 * Begins a recording.
 *
 * Returns: (transfer full) (nullable): a recorder
 */
DuoRecorder *
duo_recorder_new (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  g_autoptr (DuoRecorder) self = g_object_new (DUO_TYPE_RECORDER, NULL);

  if (!build (self, path, error))
    return NULL;
  duo_video_encoder_set_bitrate (self->video_encoder, BITRATE);
  duo_feed_add_target (self->pictures, duo_video_encoder_get_source (self->video_encoder));

  if (gst_element_set_state (self->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE) {
    g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
    g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

    if (message != NULL)
      gst_message_parse_error (message, error, NULL);
    else
      g_set_error (error,
                   DUO_MEDIA_ERROR,
                   DUO_MEDIA_ERROR_FAILED,
                   "Nothing is written to “%s”",
                   path);
    return NULL;
  }
  begin_streams (self);
  return g_steal_pointer (&self);
}

/**
 * duo_recorder_create_video_sink:
 *
 * Makes the end of a pipeline that shows the other's picture, one for each.
 *
 * Returns: (transfer floating) (nullable): a video sink, or %NULL where a plug-in is missing
 */
GstElement *
duo_recorder_create_video_sink (DuoRecorder *self)
{
  g_return_val_if_fail (DUO_IS_RECORDER (self), NULL);

  g_autoptr (GstCaps) caps = dup_picture_caps ();
  GstAppSinkCallbacks callbacks = { .new_sample = on_new_picture };
  GstElement *bin = gst_bin_new ("recorded-picture");
  GstElement *chain[] = {
    duo_elements_make ("videoconvert", "convert", NULL),
    duo_elements_make ("videoscale", "scale", NULL),
    duo_elements_make_caps_filter ("format", caps),
    duo_elements_make_appsink ("pictures", NULL),
  };

  if (!duo_elements_add_chain (GST_BIN (bin), chain, G_N_ELEMENTS (chain))) {
    g_object_unref (g_object_ref_sink (bin));
    return NULL;
  }
  g_object_set (chain[1], "add-borders", TRUE, NULL);
  g_object_set (chain[3], "sync", TRUE, NULL);
  gst_app_sink_set_callbacks (GST_APP_SINK (chain[3]),
                              &callbacks,
                              g_object_ref (self->pictures),
                              g_object_unref);
  duo_elements_add_ghost_pad (GST_BIN (bin), chain[0], "sink");
  return bin;
}

/**
 * duo_recorder_get_sound_tap:
 *
 * Returns: (transfer none): what to give to duo_media_graph_set_remote_sound_tap()
 */
GstAppSrc *
duo_recorder_get_sound_tap (DuoRecorder *self)
{
  g_return_val_if_fail (DUO_IS_RECORDER (self), NULL);

  return duo_audio_encoder_get_source (self->audio_encoder);
}

/**
 * duo_recorder_stop_async:
 * @callback: called once the file is complete
 * @user_data: for @callback
 *
 * Ends the recording for good.
 */
void
duo_recorder_stop_async (DuoRecorder *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_RECORDER (self));
  g_return_if_fail (self->stop == NULL);

  self->stop = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (self->stop, duo_recorder_stop_async);
  duo_feed_remove_target (self->pictures, duo_video_encoder_get_source (self->video_encoder));
  if (self->error != NULL) {
    finish_stop (self);
    return;
  }
  self->stop_timeout_id = g_timeout_add_seconds (STOP_SECONDS, on_stop_timeout, self);
  gst_app_src_end_of_stream (duo_video_encoder_get_source (self->video_encoder));
  gst_app_src_end_of_stream (duo_audio_encoder_get_source (self->audio_encoder));
}

/**
 * duo_recorder_stop_finish:
 * @result: what the callback got
 * @error: return location for what kept the recording from being written, such as a full disk
 *
 * Returns: whether the file is complete
 */
gboolean
duo_recorder_stop_finish (DuoRecorder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
