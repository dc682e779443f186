/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A camera in PipeWire, for desk-device:
 *
 *   desk-camera NAME DESCRIPTION PICTURES
 *
 * PICTURES is a description of GStreamer elements that give live ones. The camera gives them in
 * YUY2 as large as they come, 30 frames a second, the newest picture in each; with SIGUSR1 no more
 * come, as from one that is in use elsewhere, and with SIGUSR2 they go on.
 *
 * It is a stream of its own rather than a pipewiresink, which has nobody who wakes it up again:
 * that waits for a buffer that only comes back with the next picture, once one has met a graph that
 * was just being changed. */

#include <gst/app/app.h>
#include <gst/video/video.h>
#include <pipewire/pipewire.h>
#include <signal.h>
#include <spa/buffer/meta.h>
#include <spa/param/buffers.h>
#include <spa/param/video/format-utils.h>

#define INTERVAL (SPA_NSEC_PER_SEC / 30)

typedef struct {
  struct pw_main_loop *loop;
  struct pw_stream *stream;
  struct spa_source *timer;
  GstElement *pipeline;
  GstAppSink *sink;
  GstVideoInfo info;
  GstSample *picture; /* the newest */
  bool held;
  uint64_t frames;
} Camera;

static void
fill (Camera *camera, struct spa_buffer *buffer)
{
  GstBuffer *picture = gst_sample_get_buffer (camera->picture);
  struct spa_data *data = &buffer->datas[0];
  struct spa_meta_header *header =
    spa_buffer_find_meta_data (buffer, SPA_META_Header, sizeof *header);
  struct timespec now;

  data->chunk->offset = 0;
  data->chunk->stride = camera->info.stride[0];
  data->chunk->size = (uint32_t) gst_buffer_extract (picture, 0, data->data, data->maxsize);
  clock_gettime (CLOCK_MONOTONIC, &now);
  if (header != NULL)
    *header =
      (struct spa_meta_header){ .pts = SPA_TIMESPEC_TO_NSEC (&now), .seq = camera->frames++ };
}

static void
on_process (void *user_data)
{
  Camera *camera = user_data;
  GstSample *newest = gst_app_sink_try_pull_sample (camera->sink, 0);
  struct pw_buffer *buffer;

  if (newest != NULL) {
    g_clear_pointer (&camera->picture, gst_sample_unref);
    camera->picture = newest;
  }
  if (camera->held)
    return;

  buffer = pw_stream_dequeue_buffer (camera->stream);
  if (buffer == NULL)
    return;
  fill (camera, buffer->buffer);
  pw_stream_queue_buffer (camera->stream, buffer);
}

static void
on_timer (void *user_data, uint64_t expirations)
{
  Camera *camera = user_data;

  pw_stream_trigger_process (camera->stream);
}

static void
on_state_changed (void *user_data,
                  enum pw_stream_state old,
                  enum pw_stream_state state,
                  const char *error)
{
  Camera *camera = user_data;
  struct timespec interval = { .tv_nsec = state == PW_STREAM_STATE_STREAMING ? INTERVAL : 0 };

  if (state == PW_STREAM_STATE_ERROR || state == PW_STREAM_STATE_UNCONNECTED)
    pw_main_loop_quit (camera->loop);
  pw_loop_update_timer (pw_main_loop_get_loop (camera->loop),
                        camera->timer,
                        &interval,
                        &interval,
                        false);
}

static void
on_param_changed (void *user_data, uint32_t id, const struct spa_pod *param)
{
  Camera *camera = user_data;
  uint8_t space[1024];
  struct spa_pod_builder builder = SPA_POD_BUILDER_INIT (space, sizeof space);
  const struct spa_pod *params[2];

  if (param == NULL || id != SPA_PARAM_Format)
    return;

  params[0] = spa_pod_builder_add_object (&builder,
                                          SPA_TYPE_OBJECT_ParamBuffers,
                                          SPA_PARAM_Buffers,
                                          SPA_PARAM_BUFFERS_buffers,
                                          SPA_POD_CHOICE_RANGE_Int (8, 2, 16),
                                          SPA_PARAM_BUFFERS_blocks,
                                          SPA_POD_Int (1),
                                          SPA_PARAM_BUFFERS_size,
                                          SPA_POD_Int ((int) camera->info.size),
                                          SPA_PARAM_BUFFERS_stride,
                                          SPA_POD_Int (camera->info.stride[0]));
  params[1] = spa_pod_builder_add_object (&builder,
                                          SPA_TYPE_OBJECT_ParamMeta,
                                          SPA_PARAM_Meta,
                                          SPA_PARAM_META_type,
                                          SPA_POD_Id (SPA_META_Header),
                                          SPA_PARAM_META_size,
                                          SPA_POD_Int (sizeof (struct spa_meta_header)));
  pw_stream_update_params (camera->stream, params, 2);
}

static const struct pw_stream_events events = {
  PW_VERSION_STREAM_EVENTS,
  .state_changed = on_state_changed,
  .param_changed = on_param_changed,
  .process = on_process,
};

static void
on_signal (void *user_data, int number)
{
  Camera *camera = user_data;

  if (number == SIGTERM)
    pw_main_loop_quit (camera->loop);
  else
    camera->held = number == SIGUSR1;
}

static void
open_pictures (Camera *camera, const char *pictures)
{
  g_autofree char *text =
    g_strdup_printf ("%s ! video/x-raw,format=YUY2 ! appsink name=sink max-buffers=1 drop=true",
                     pictures);
  GError *error = NULL;

  camera->pipeline = gst_parse_launch (text, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  camera->sink = GST_APP_SINK (gst_bin_get_by_name (GST_BIN (camera->pipeline), "sink"));
  gst_element_set_state (camera->pipeline, GST_STATE_PLAYING);

  camera->picture = gst_app_sink_pull_sample (camera->sink);
  if (camera->picture == NULL ||
      !gst_video_info_from_caps (&camera->info, gst_sample_get_caps (camera->picture)))
    g_error ("No pictures: %s", pictures);
}

static int
open_stream (Camera *camera, const char *name, const char *description)
{
  struct spa_video_info_raw format = {
    .format = SPA_VIDEO_FORMAT_YUY2,
    .size = SPA_RECTANGLE ((uint32_t) camera->info.width, (uint32_t) camera->info.height),
    .framerate = SPA_FRACTION (30, 1),
  };
  uint8_t space[1024];
  struct spa_pod_builder builder = SPA_POD_BUILDER_INIT (space, sizeof space);
  const struct spa_pod *param =
    spa_format_video_raw_build (&builder, SPA_PARAM_EnumFormat, &format);
  struct pw_properties *properties = pw_properties_new (PW_KEY_MEDIA_CLASS,
                                                        "Video/Source",
                                                        PW_KEY_MEDIA_ROLE,
                                                        "Camera",
                                                        PW_KEY_NODE_NAME,
                                                        name,
                                                        PW_KEY_NODE_DESCRIPTION,
                                                        description,
                                                        NULL);

  camera->stream =
    pw_stream_new_simple (pw_main_loop_get_loop (camera->loop), name, properties, &events, camera);

  return pw_stream_connect (camera->stream,
                            PW_DIRECTION_OUTPUT,
                            PW_ID_ANY,
                            PW_STREAM_FLAG_DRIVER | PW_STREAM_FLAG_MAP_BUFFERS,
                            &param,
                            1);
}

int
main (int argc, char *argv[])
{
  Camera camera = { 0 };
  struct pw_loop *loop;

  gst_init (&argc, &argv);
  pw_init (&argc, &argv);
  if (argc != 4)
    return 2;

  camera.loop = pw_main_loop_new (NULL);
  loop = pw_main_loop_get_loop (camera.loop);
  camera.timer = pw_loop_add_timer (loop, on_timer, &camera);
  pw_loop_add_signal (loop, SIGUSR1, on_signal, &camera);
  pw_loop_add_signal (loop, SIGUSR2, on_signal, &camera);
  pw_loop_add_signal (loop, SIGTERM, on_signal, &camera);
  open_pictures (&camera, argv[3]);
  if (open_stream (&camera, argv[1], argv[2]) < 0)
    return 1;

  pw_main_loop_run (camera.loop);
  pw_stream_destroy (camera.stream);
  gst_element_set_state (camera.pipeline, GST_STATE_NULL);

  return 0;
}
