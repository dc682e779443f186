/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-teardown.h"

#include "duo-rtc-error.h"
#include "duo-rtc-thread.h"

#define TIMEOUT_SECONDS 15

typedef struct {
  /* Owned */
  GstElement *pipeline;
  GstElement *webrtc;
  GTask *task;
  GMainContext *context;
  GSource *timeout;
} Teardown;

static void
teardown_clear (gpointer data)
{
  Teardown *self = data;

  g_clear_object (&self->task);
  g_source_destroy (self->timeout);
  g_source_unref (self->timeout);
  g_main_context_unref (self->context);
}

static void
teardown_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, teardown_clear);
}

static gboolean
on_done (gpointer data)
{
  Teardown *self = data;

  g_source_destroy (self->timeout);
  if (self->task != NULL)
    g_task_return_boolean (self->task, TRUE);
  g_clear_object (&self->task);

  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout (gpointer data)
{
  Teardown *self = data;

  if (self->task != NULL)
    g_task_return_new_error (self->task,
                             DUO_RTC_ERROR,
                             DUO_RTC_ERROR_FAILED,
                             "The peer connection does not let itself be taken down");
  g_clear_object (&self->task);

  return G_SOURCE_REMOVE;
}

static void
attach (Teardown *self, GSource *source, GSourceFunc func)
{
  g_source_set_callback (source, func, g_atomic_rc_box_acquire (self), teardown_unref);
  g_source_attach (source, self->context);
}

/* Statistics that are being gathered while the session is reset make GStreamer before 1.22.3
 * complain. webrtcbin does one thing after the other: what is asked last is answered last. */
static void
wait_for_statistics (GstElement *webrtc)
{
  g_autoptr (GstPromise) promise = gst_promise_new ();

  g_signal_emit_by_name (webrtc, "get-stats", NULL, promise);
  gst_promise_wait (promise);
}

static GstPadProbeReturn
drop (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  return GST_PAD_PROBE_DROP;
}

/* What comes on a data channel makes sctpdec add a pad and start its task. Where sctpdec was taken
 * down meanwhile that task finds none, and GStreamer 1.22 crashes. It is all done by the thread
 * that brings the packets: once that is through with the one it has, and is given no more, nothing
 * comes in between. */
static void
close_data_channels (GstElement *webrtc)
{
  g_autoptr (GstIterator) decoders =
    gst_bin_iterate_all_by_element_factory_name (GST_BIN (webrtc), "sctpdec");
  g_auto (GValue) value = G_VALUE_INIT;

  while (gst_iterator_next (decoders, &value) == GST_ITERATOR_OK) {
    g_autoptr (GstPad) pad = gst_element_get_static_pad (g_value_get_object (&value), "sink");

    gst_pad_add_probe (pad,
                       GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST,
                       drop,
                       NULL,
                       NULL);
    GST_PAD_STREAM_LOCK (pad);
    GST_PAD_STREAM_UNLOCK (pad);
    g_value_reset (&value);
  }
}

static gpointer
take_down (gpointer data)
{
  Teardown *self = data;
  g_autoptr (GSource) done = g_idle_source_new ();

  if (self->webrtc != NULL) {
    wait_for_statistics (self->webrtc);
    close_data_channels (self->webrtc);
  }
  gst_clear_object (&self->webrtc);
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);

  g_source_set_priority (done, G_PRIORITY_DEFAULT);
  attach (self, done, on_done);
  teardown_unref (self);

  return NULL;
}

/**
 * duo_peer_teardown_async:
 * @pipeline: (transfer full): a pipeline whose signals nobody listens to any more
 * @webrtc: (transfer full) (nullable): the webrtcbin in it
 * @source_object: (nullable): the source object of the task
 * @cancellable: (nullable): not used while the thread runs
 * @callback: (nullable): called on the thread-default main context
 * @user_data: passed to @callback
 *
 * Stops a pipeline with webrtcbin in it and lets go of it, on a thread of its own: webrtcbin joins
 * its own thread while stopping, which takes its time and could take for ever. After fifteen
 * seconds the caller is set free with %DUO_RTC_ERROR_FAILED and the thread left to itself.
 */
void
duo_peer_teardown_async (GstElement *pipeline,
                         GstElement *webrtc,
                         gpointer source_object,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Teardown *self = g_atomic_rc_box_new0 (Teardown);

  self->pipeline = pipeline;
  self->webrtc = webrtc;
  self->task = g_task_new (source_object, cancellable, callback, user_data);
  self->context = g_main_context_ref_thread_default ();
  self->timeout = g_timeout_source_new_seconds (TIMEOUT_SECONDS);
  g_task_set_source_tag (self->task, duo_peer_teardown_async);
  attach (self, self->timeout, on_timeout);

  duo_rtc_thread_start ("duo-teardown", take_down, self);
}

gboolean
duo_peer_teardown_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
