/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-capture.h"

#include "duo-elements.h"
#include "duo-media-enums.h"
#include "duo-media-problem.h"
#include "duo-pipeline.h"
#include "duo-portal-camera.h"

/* Cameras may take seconds to give their first picture. Later on a gap means that one is gone,
 * unless the machine is too busy to serve it; one that is unplugged is heard of at once in another
 * way. */
#define FIRST_SAMPLE_TIME (8 * G_USEC_PER_SEC)
#define PERMISSION_TIME (300 * G_USEC_PER_SEC)
#define NEXT_SAMPLE_TIME (4 * G_USEC_PER_SEC)
#define START_INTERVAL_MS 50
#define WATCH_INTERVAL_MS 500

/* What the streaming thread needs. It may outlive the object in a thread that waits for a device.
 */
typedef struct {
  GMutex mutex;
  DuoFeed *feed;         /* guarded by the mutex; NULL once stopped */
  gint64 last_sample_at; /* guarded by the mutex; monotonic µs, 0 before the first */
  GstClockTime base_time;
} Outlet;

/**
 * DuoCapture:
 *
 * One source of pictures or sound from when it is opened until it is closed, into a feed. Watches
 * that samples keep flowing: a camera that is unplugged tells nothing, it only stops.
 */
struct _DuoCapture {
  GObject parent_instance;

  /* Owned */
  DuoPipeline *pipeline;
  Outlet *outlet;

  gint64 started_at;
  gint64 patience; /* µs for the first sample */
  guint watchdog_id;
  gboolean flowing;
  gboolean failed;
};

enum {
  SIGNAL_FLOWING,
  SIGNAL_FAILED,
  SIGNAL_LEVEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCapture, duo_capture, G_TYPE_OBJECT)

static void
outlet_clear (gpointer data)
{
  Outlet *outlet = data;

  g_clear_object (&outlet->feed);
  g_mutex_clear (&outlet->mutex);
}

static void
outlet_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, outlet_clear);
}

static GstFlowReturn
on_new_sample (GstAppSink *sink, gpointer user_data)
{
  Outlet *outlet = user_data;
  g_autoptr (GstSample) sample = gst_app_sink_pull_sample (sink);

  if (sample == NULL)
    return GST_FLOW_OK;

  g_mutex_lock (&outlet->mutex);
  outlet->last_sample_at = g_get_monotonic_time ();
  if (outlet->feed != NULL)
    duo_feed_push (outlet->feed, sample, outlet->base_time);
  g_mutex_unlock (&outlet->mutex);
  return GST_FLOW_OK;
}

/* Nothing waits for a time to be shown at here, so that latency means nothing; and PipeWire's
 * source complains when it is asked before it knows. */
static GstPadProbeReturn
on_query (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  GstQuery *query = GST_PAD_PROBE_INFO_QUERY (info);

  if (GST_QUERY_TYPE (query) != GST_QUERY_LATENCY)
    return GST_PAD_PROBE_OK;
  gst_query_set_latency (query, TRUE, 0, GST_CLOCK_TIME_NONE);
  return GST_PAD_PROBE_HANDLED;
}

static void
fail (DuoCapture *self, DuoMediaProblem problem)
{
  if (self->failed)
    return;
  self->failed = TRUE;
  g_clear_handle_id (&self->watchdog_id, g_source_remove);
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, problem);
}

static void
on_pipeline_failed (DuoCapture *self, const GError *error)
{
  fail (self, duo_media_problem_from_error (error));
}

static void
on_element_message (DuoCapture *self, const GstStructure *structure)
{
  const GValue *channels;
  GValueArray *decibels;

  if (gst_structure_has_name (structure, DUO_PORTAL_CAMERA_GRANTED)) {
    self->started_at = g_get_monotonic_time ();
    self->patience = FIRST_SAMPLE_TIME;
  }
  if (!gst_structure_has_name (structure, "level"))
    return;
  channels = gst_structure_get_value (structure, "rms");
  decibels = g_value_get_boxed (channels);
  if (decibels->n_values > 0)
    g_signal_emit (self, signals[SIGNAL_LEVEL], 0, g_value_get_double (&decibels->values[0]));
}

static gboolean
on_watch (gpointer user_data)
{
  DuoCapture *self = user_data;
  gint64 now = g_get_monotonic_time ();

  g_mutex_lock (&self->outlet->mutex);
  gint64 last = self->outlet->last_sample_at;
  g_mutex_unlock (&self->outlet->mutex);

  if (last == 0 && now - self->started_at < self->patience)
    return G_SOURCE_CONTINUE;

  if (last == 0 || now - last > NEXT_SAMPLE_TIME) {
    self->watchdog_id = 0;
    fail (self, DUO_MEDIA_PROBLEM_NO_FRAMES);
    return G_SOURCE_REMOVE;
  }
  if (self->flowing)
    return G_SOURCE_CONTINUE;

  self->flowing = TRUE;
  self->watchdog_id = g_timeout_add (WATCH_INTERVAL_MS, on_watch, self);
  g_signal_emit (self, signals[SIGNAL_FLOWING], 0);
  return G_SOURCE_REMOVE;
}

static void
leave_feed (DuoCapture *self)
{
  g_clear_handle_id (&self->watchdog_id, g_source_remove);
  g_mutex_lock (&self->outlet->mutex);
  g_clear_object (&self->outlet->feed);
  g_mutex_unlock (&self->outlet->mutex);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_boolean (task, duo_pipeline_stop_finish (DUO_PIPELINE (source), result, NULL));
}

static void
duo_capture_finalize (GObject *object)
{
  DuoCapture *self = DUO_CAPTURE (object);

  leave_feed (self);
  g_clear_object (&self->pipeline);
  g_clear_pointer (&self->outlet, outlet_unref);

  G_OBJECT_CLASS (duo_capture_parent_class)->finalize (object);
}

static void
duo_capture_class_init (DuoCaptureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = duo_capture_finalize;

  /**
   * DuoCapture::flowing:
   *
   * The first sample has come.
   */
  signals[SIGNAL_FLOWING] = g_signal_new ("flowing",
                                          DUO_TYPE_CAPTURE,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  /**
   * DuoCapture::failed:
   * @problem: why
   *
   * Emitted once at most: nothing more will come.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         DUO_TYPE_CAPTURE,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         DUO_TYPE_MEDIA_PROBLEM);
  /**
   * DuoCapture::level:
   * @decibels: the loudness (RMS) of the last tenth of a second in dBFS
   *
   * Sound only, ten times a second.
   */
  signals[SIGNAL_LEVEL] = g_signal_new ("level",
                                        DUO_TYPE_CAPTURE,
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_DOUBLE);
}

static void
duo_capture_init (DuoCapture *self)
{
  self->patience = FIRST_SAMPLE_TIME;
  self->outlet = g_atomic_rc_box_new0 (Outlet);
  g_mutex_init (&self->outlet->mutex);
}

/**
 * duo_capture_new:
 * @source: (transfer floating): an element or bin with a pad "src" that gives raw pictures or sound
 * @feed: where they go
 * @error: return location for a #DuoMediaError
 *
 * Returns: (transfer full) (nullable): a capture that is not started
 */
DuoCapture *
duo_capture_new (GstElement *source, DuoFeed *feed, GError **error)
{
  g_autoptr (DuoCapture) self = g_object_new (DUO_TYPE_CAPTURE, NULL);
  GstElement *chain[] = { source, duo_elements_make_appsink ("samples", error) };
  GstAppSinkCallbacks callbacks = { .new_sample = on_new_sample };
  g_autoptr (GstPad) pad = NULL;

  self->pipeline = duo_pipeline_new (GST_OBJECT_NAME (source));
  if (!duo_elements_add_chain (duo_pipeline_get_bin (self->pipeline), chain, G_N_ELEMENTS (chain)))
    return NULL;

  pad = gst_element_get_static_pad (source, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_QUERY_UPSTREAM, on_query, NULL, NULL);
  self->outlet->feed = g_object_ref (feed);
  self->outlet->base_time =
    gst_element_get_base_time (GST_ELEMENT (duo_pipeline_get_bin (self->pipeline)));
  gst_app_sink_set_callbacks (GST_APP_SINK (chain[1]),
                              &callbacks,
                              g_atomic_rc_box_acquire (self->outlet),
                              outlet_unref);
  g_signal_connect_object (self->pipeline,
                           "failed",
                           G_CALLBACK (on_pipeline_failed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pipeline,
                           "element-message",
                           G_CALLBACK (on_element_message),
                           self,
                           G_CONNECT_SWAPPED);
  return g_steal_pointer (&self);
}

/**
 * duo_capture_wait_for_permission:
 *
 * Gives the first sample a few minutes: somebody has to answer a question before. Once that is done
 * (%DUO_PORTAL_CAMERA_GRANTED) it has no more time than any other.
 */
void
duo_capture_wait_for_permission (DuoCapture *self)
{
  g_return_if_fail (DUO_IS_CAPTURE (self));

  self->patience = PERMISSION_TIME;
}

/**
 * duo_capture_start:
 *
 * Opens the device, without waiting for it.
 */
void
duo_capture_start (DuoCapture *self)
{
  g_return_if_fail (DUO_IS_CAPTURE (self));
  g_return_if_fail (self->started_at == 0);

  self->started_at = g_get_monotonic_time ();
  self->watchdog_id = g_timeout_add (START_INTERVAL_MS, on_watch, self);
  duo_pipeline_play (self->pipeline);
}

/**
 * duo_capture_stop_async:
 * @callback: called once the device is closed
 * @user_data: for @callback
 *
 * Nothing more goes into the feed once this has returned, and no signal is emitted.
 */
void
duo_capture_stop_async (DuoCapture *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_CAPTURE (self));

  self->failed = TRUE;
  leave_feed (self);
  duo_pipeline_stop_async (self->pipeline,
                           on_stopped,
                           g_task_new (self, NULL, callback, user_data));
}

/**
 * duo_capture_stop_finish:
 * @result: what the callback got
 * @error: unused: stopping does not fail
 *
 * Returns: %TRUE
 */
gboolean
duo_capture_stop_finish (DuoCapture *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
