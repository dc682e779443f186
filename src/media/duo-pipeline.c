/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-media"

#include "config.h"

#include "duo-pipeline.h"

#include "duo-media-error.h"

/* Long enough for a thread that has something to do to get to it, also on a busy machine. */
#define CALM_TIME (100 * G_TIME_SPAN_MILLISECOND)

/* What the threads that change the state share. It outlives the object in those that still wait for
 * a device. */
typedef struct {
  GMutex mutex;
  GstElement *pipeline;
  gboolean stopped; /* guarded by the mutex */
} StateChanger;

/**
 * DuoPipeline:
 *
 * A pipeline that is played once, stopped once and thrown away. Its state changes in other threads,
 * since devices may block for half a minute, and its messages arrive on the main context. All of
 * them share the system clock and one base time, which makes the timestamps of one mean something
 * to another.
 */
struct _DuoPipeline {
  GObject parent_instance;

  /* Owned */
  GstElement *pipeline;
  StateChanger *changer;

  gboolean watched;
  gboolean failed;
  gboolean stopped;
};

enum {
  SIGNAL_FAILED,
  SIGNAL_ELEMENT_MESSAGE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoPipeline, duo_pipeline, G_TYPE_OBJECT)

/* One for all: the echo canceller compares the running time of the microphone's pipeline with that
 * of the speaker's. */
static GstClockTime
get_base_time (GstClock *clock)
{
  static gsize base_time = 0;

  if (g_once_init_enter (&base_time))
    g_once_init_leave (&base_time, (gsize) gst_clock_get_time (clock));
  return base_time;
}

static StateChanger *
state_changer_new (GstElement *pipeline)
{
  StateChanger *changer = g_atomic_rc_box_new0 (StateChanger);

  g_mutex_init (&changer->mutex);
  changer->pipeline = gst_object_ref (pipeline);
  return changer;
}

static void
state_changer_clear (gpointer data)
{
  StateChanger *changer = data;

  g_mutex_clear (&changer->mutex);
  gst_object_unref (changer->pipeline);
}

static void
state_changer_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, state_changer_clear);
}

static gpointer
play_in_thread (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StateChanger *changer = g_task_get_task_data (task);
  GstStateChangeReturn result = GST_STATE_CHANGE_SUCCESS;

  g_mutex_lock (&changer->mutex);
  if (!changer->stopped)
    result = gst_element_set_state (changer->pipeline, GST_STATE_PLAYING);
  g_mutex_unlock (&changer->mutex);

  if (result == GST_STATE_CHANGE_FAILURE)
    g_task_return_new_error (task,
                             DUO_MEDIA_ERROR,
                             DUO_MEDIA_ERROR_FAILED,
                             "The pipeline does not start");
  else
    g_task_return_boolean (task, TRUE);
  return NULL;
}

/* PipeWire has its own thread tell of each picture, and does so after the camera was let go of too
 * (0.3.65), with what has been freed by then. Paused, no more come, and that thread gets to those
 * that have. */
static void
calm_pipewire (GstElement *pipeline)
{
  g_autoptr (GstIterator) iterator =
    gst_bin_iterate_all_by_element_factory_name (GST_BIN (pipeline), "pipewiresrc");
  g_auto (GValue) value = G_VALUE_INIT;
  GstElement *source;

  if (gst_iterator_next (iterator, &value) != GST_ITERATOR_OK)
    return;

  source = g_value_get_object (&value);
  if (GST_STATE (source) != GST_STATE_PLAYING)
    return;
  gst_element_set_state (source, GST_STATE_PAUSED);
  g_usleep (CALM_TIME);
}

static gpointer
stop_in_thread (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StateChanger *changer = g_task_get_task_data (task);

  g_mutex_lock (&changer->mutex);
  changer->stopped = TRUE;
  calm_pipewire (changer->pipeline);
  gst_element_set_state (changer->pipeline, GST_STATE_NULL);
  g_mutex_unlock (&changer->mutex);

  g_task_return_boolean (task, TRUE);
  return NULL;
}

/* A thread of its own: those of GTask are few and needed by others. */
static void
run (GTask *task, StateChanger *changer, GThreadFunc function)
{
  g_task_set_task_data (task, g_atomic_rc_box_acquire (changer), state_changer_unref);
  g_thread_unref (g_thread_new ("duo-pipeline", function, g_object_ref (task)));
}

static void
fail (DuoPipeline *self, const GError *error)
{
  if (self->failed || self->stopped)
    return;
  self->failed = TRUE;
  g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
}

static gboolean
has_format (GstElement *sink)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  return pad == NULL || gst_pad_has_current_caps (pad);
}

/* An audio sink that is still taking in its format answers nonsense, and asks again afterwards. */
static gboolean
all_sinks_have_formats (GstBin *bin)
{
  g_autoptr (GstIterator) sinks = gst_bin_iterate_sinks (bin);
  g_auto (GValue) value = G_VALUE_INIT;
  gboolean result = TRUE;

  while (result && gst_iterator_next (sinks, &value) == GST_ITERATOR_OK) {
    result = has_format (g_value_get_object (&value));
    g_value_reset (&value);
  }
  return result;
}

static gboolean
on_bus_message (GstBus *bus, GstMessage *message, gpointer user_data)
{
  DuoPipeline *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *debug = NULL;

  g_object_ref (self);
  switch ((guint) GST_MESSAGE_TYPE (message)) {
  case GST_MESSAGE_ERROR:
    gst_message_parse_error (message, &error, &debug);
    g_debug ("%s: %s (%s)", GST_OBJECT_NAME (self->pipeline), error->message, debug);
    fail (self, error);
    break;
  case GST_MESSAGE_EOS:
    error = g_error_new_literal (DUO_MEDIA_ERROR, DUO_MEDIA_ERROR_FAILED, "The stream has ended");
    fail (self, error);
    break;
  case GST_MESSAGE_LATENCY:
    if (all_sinks_have_formats (GST_BIN (self->pipeline)))
      gst_bin_recalculate_latency (GST_BIN (self->pipeline));
    break;
  case GST_MESSAGE_ELEMENT:
    g_signal_emit (self, signals[SIGNAL_ELEMENT_MESSAGE], 0, gst_message_get_structure (message));
    break;
  default:
    break;
  }
  g_object_unref (self);
  return G_SOURCE_CONTINUE;
}

static void
on_played (GObject *source, GAsyncResult *result, gpointer user_data)
{
  DuoPipeline *self = DUO_PIPELINE (source);
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return;

  /* The reason, where an element gave one, still waits on the bus. */
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  if (message != NULL)
    on_bus_message (bus, message, self);
  else
    fail (self, error);
}

static void
stop_watching (DuoPipeline *self)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);

  if (self->watched)
    gst_bus_remove_watch (bus);
  self->watched = FALSE;
}

static void
duo_pipeline_dispose (GObject *object)
{
  DuoPipeline *self = DUO_PIPELINE (object);

  if (self->pipeline != NULL)
    stop_watching (self);
  if (self->changer != NULL && !self->stopped) {
    g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

    run (task, self->changer, stop_in_thread);
  }
  g_clear_pointer (&self->changer, state_changer_unref);
  gst_clear_object (&self->pipeline);

  G_OBJECT_CLASS (duo_pipeline_parent_class)->dispose (object);
}

static void
duo_pipeline_class_init (DuoPipelineClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_pipeline_dispose;

  /**
   * DuoPipeline::failed:
   * @error: what went wrong: of this layer's domain or one of GStreamer's
   *
   * Emitted once at most. The pipeline is good for nothing but to be stopped from then on.
   */
  signals[SIGNAL_FAILED] = g_signal_new ("failed",
                                         DUO_TYPE_PIPELINE,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         1,
                                         G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  /**
   * DuoPipeline::element-message:
   * @structure: what an element has to say
   */
  signals[SIGNAL_ELEMENT_MESSAGE] = g_signal_new ("element-message",
                                                  DUO_TYPE_PIPELINE,
                                                  G_SIGNAL_RUN_LAST,
                                                  0,
                                                  NULL,
                                                  NULL,
                                                  NULL,
                                                  G_TYPE_NONE,
                                                  1,
                                                  GST_TYPE_STRUCTURE | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
duo_pipeline_init (DuoPipeline *self)
{
}

/**
 * duo_pipeline_new:
 * @name: name of the pipeline, for logs
 *
 * Makes an empty pipeline.
 *
 * Returns: (transfer full): a pipeline
 */
DuoPipeline *
duo_pipeline_new (const char *name)
{
  DuoPipeline *self = g_object_new (DUO_TYPE_PIPELINE, NULL);
  g_autoptr (GstClock) clock = gst_system_clock_obtain ();

  self->pipeline = gst_object_ref_sink (gst_pipeline_new (name));
  gst_pipeline_use_clock (GST_PIPELINE (self->pipeline), clock);
  gst_element_set_start_time (self->pipeline, GST_CLOCK_TIME_NONE);
  gst_element_set_base_time (self->pipeline, get_base_time (clock));
  self->changer = state_changer_new (self->pipeline);

  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  self->watched = gst_bus_add_watch (bus, on_bus_message, self) != 0;
  return self;
}

/**
 * duo_pipeline_get_bin:
 *
 * Returns: (transfer none): where the elements go, before it is played
 */
GstBin *
duo_pipeline_get_bin (DuoPipeline *self)
{
  g_return_val_if_fail (DUO_IS_PIPELINE (self), NULL);

  return GST_BIN (self->pipeline);
}

/**
 * duo_pipeline_play:
 *
 * Sets it going. Returns at once; what goes wrong is told by #DuoPipeline::failed.
 */
void
duo_pipeline_play (DuoPipeline *self)
{
  g_return_if_fail (DUO_IS_PIPELINE (self));
  g_return_if_fail (!self->stopped);

  g_autoptr (GTask) task = g_task_new (self, NULL, on_played, NULL);
  g_task_set_source_tag (task, duo_pipeline_play);
  run (task, self->changer, play_in_thread);
}

/**
 * duo_pipeline_stop_async:
 * @callback: called once the devices are closed and the elements at rest
 * @user_data: for @callback
 *
 * Ends it for good. No signal is emitted from now on.
 */
void
duo_pipeline_stop_async (DuoPipeline *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (DUO_IS_PIPELINE (self));
  g_return_if_fail (!self->stopped);

  self->stopped = TRUE;
  stop_watching (self);

  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, duo_pipeline_stop_async);
  run (task, self->changer, stop_in_thread);
}

/**
 * duo_pipeline_stop_finish:
 * @result: what the callback got
 * @error: unused: stopping does not fail
 *
 * Returns: %TRUE
 */
gboolean
duo_pipeline_stop_finish (DuoPipeline *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
