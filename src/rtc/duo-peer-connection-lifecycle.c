/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gst/webrtc/webrtc.h>

#include "duo-fingerprint.h"
#include "duo-peer-connection-private.h"
#include "duo-promise.h"

void
duo_peer_connection_set_state (DuoPeerConnection *self, DuoPeerConnectionState state)
{
  if (self->connection_state == state)
    return;

  self->connection_state = state;
  g_object_notify (G_OBJECT (self), "connection-state");
}

gboolean
duo_peer_connection_is_over (DuoPeerConnection *self)
{
  return self->connection_state == DUO_PEER_CONNECTION_FAILED ||
         self->connection_state == DUO_PEER_CONNECTION_CLOSED;
}

/* Cuts everything off but the pipeline itself. */
static void
cut_off (DuoPeerConnection *self, const GError *reason)
{
  GTask *task;

  duo_peer_link_cut (self->link);
  g_signal_handlers_disconnect_by_data (self->pipeline, self);
  g_signal_handlers_disconnect_by_data (duo_peer_pipeline_get_receiver (self->pipeline), self);
  g_signal_handlers_disconnect_by_data (self->channel, self);
  duo_negotiation_abort (self->negotiation, reason);
  duo_data_channel_close (self->channel);
  g_object_notify (G_OBJECT (self), "channel-open");
  g_ptr_array_set_size (self->candidates, 0);
  while ((task = g_queue_pop_head (&self->stats_tasks)) != NULL) {
    g_task_return_error (task, g_error_copy (reason));
    g_object_unref (task);
  }
}

static void
on_closed (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (DuoPeerConnection) self = data;
  g_autoptr (GError) error = NULL;
  GTask *task;

  duo_peer_pipeline_close_finish (DUO_PEER_PIPELINE (object), result, &error);
  self->stopped = TRUE;

  while ((task = g_queue_pop_head (&self->close_tasks)) != NULL) {
    if (error == NULL)
      g_task_return_boolean (task, TRUE);
    else
      g_task_return_error (task, g_error_copy (error));
    g_object_unref (task);
  }
}

/* Whoever is told that what was under way has ended may close the connection, which is over by
 * then. */
static void
stop (DuoPeerConnection *self, DuoPeerConnectionState state, const GError *reason)
{
  g_object_freeze_notify (G_OBJECT (self));
  duo_peer_connection_set_state (self, state);
  cut_off (self, reason);
  duo_peer_pipeline_close_async (self->pipeline, NULL, on_closed, g_object_ref (self));
  g_object_thaw_notify (G_OBJECT (self));
}

void
duo_peer_connection_fail (DuoPeerConnection *self, const GError *error)
{
  g_autoptr (DuoPeerConnection) guard = g_object_ref (self);

  if (duo_peer_connection_is_over (self))
    return;

  stop (self, DUO_PEER_CONNECTION_FAILED, error);
  g_signal_emit_by_name (self, "failed", error);
}

/* Compares the certificate that DTLS was made with to the one that the peer announced, which
 * webrtcbin itself does from 1.28.5 on only. Until then nothing of the peer is shown or acted upon.
 */
static void
verify (DuoPeerConnection *self)
{
  g_autofree char *pem = duo_peer_pipeline_dup_certificate (self->pipeline);
  GBytes *expected = duo_peer_connection_get_remote_fingerprint (self);
  g_autoptr (GBytes) actual = NULL;
  g_autoptr (GError) error = NULL;

  if (self->verified || pem == NULL || expected == NULL)
    return;

  actual = duo_fingerprint_of_certificate (pem, &error);
  if (actual != NULL && !g_bytes_equal (actual, expected))
    error = g_error_new_literal (DUO_RTC_ERROR,
                                 DUO_RTC_ERROR_FINGERPRINT,
                                 "The peer’s certificate is not the one it announced");
  if (error != NULL) {
    duo_peer_connection_fail (self, error);
    return;
  }

  self->verified = TRUE;
  duo_peer_receiver_release (duo_peer_pipeline_get_receiver (self->pipeline));
  g_object_notify (G_OBJECT (self), "verified");
  if (duo_peer_connection_is_over (self))
    return;
  duo_peer_connection_set_state (self, DUO_PEER_CONNECTION_CONNECTED);
  if (!duo_peer_connection_is_over (self))
    duo_data_channel_release (self->channel);
}

static void
on_candidates_done (gpointer target, const GstStructure *reply, const GError *error)
{
  DuoPeerConnection *self = target;

  duo_peer_connection_emit_candidate (self, "");
  if (self->relay_only && !self->relayed_candidate && !duo_peer_connection_is_over (self)) {
    g_autoptr (GError) fault =
      g_error_new_literal (DUO_RTC_ERROR,
                           DUO_RTC_ERROR_RELAY,
                           "No relay gave an address: it cannot be reached, or the credentials for "
                           "it are wrong or have expired");

    duo_peer_connection_fail (self, fault);
  }
}

/* webrtcbin's states, for those who want to look at them. Returns whether the connection goes on,
 * as who is told about one may close it. */
static gboolean
update_states (DuoPeerConnection *self)
{
  g_autoptr (GstElement) webrtc = gst_object_ref (duo_peer_pipeline_get_webrtc (self->pipeline));
  int ice = 0, signaling = 0, gathering = 0;

  g_object_get (webrtc,
                "ice-connection-state",
                &ice,
                "signaling-state",
                &signaling,
                "ice-gathering-state",
                &gathering,
                NULL);

  if (gathering == GST_WEBRTC_ICE_GATHERING_STATE_COMPLETE && !self->gathered) {
    /* webrtcbin says so before it hands out the last candidates. What is asked of it now is
     * answered after them. */
    self->gathered = TRUE;
    g_signal_emit_by_name (webrtc,
                           "get-stats",
                           NULL,
                           duo_promise_new (self->link, on_candidates_done));
  }
  if ((int) self->signaling_state != signaling) {
    self->signaling_state = (DuoSignalingState) signaling;
    g_object_notify (G_OBJECT (self), "signaling-state");
  }
  if ((int) self->ice_connection_state != ice) {
    self->ice_connection_state = (DuoIceConnectionState) ice;
    g_object_notify (G_OBJECT (self), "ice-connection-state");
  }

  return !duo_peer_connection_is_over (self);
}

/* To be called when anything about webrtcbin or its transport has changed. */
void
duo_peer_connection_update (DuoPeerConnection *self)
{
  g_autoptr (DuoPeerConnection) guard = g_object_ref (self);
  g_autoptr (GError) error = NULL;

  if (!update_states (self))
    return;

  if (self->ice_connection_state == DUO_ICE_CONNECTION_FAILED) {
    error =
      g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "No way to the peer was found");
    duo_peer_connection_fail (self, error);
    return;
  }
  verify (self);
}

/**
 * duo_peer_connection_close_async:
 * @self: a connection
 * @cancellable: (nullable): a cancellable
 * @callback: (nullable): called when all of it has stopped, or after five seconds
 * @user_data: passed to @callback
 *
 * Closes the connection. No signal comes from it any more but the change of its state.
 */
void
duo_peer_connection_close_async (DuoPeerConnection *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GError) reason = NULL;

  g_task_set_source_tag (task, duo_peer_connection_close_async);
  if (self->stopped) {
    duo_peer_connection_set_state (self, DUO_PEER_CONNECTION_CLOSED);
    g_task_return_boolean (task, TRUE);
    return;
  }

  g_queue_push_tail (&self->close_tasks, g_steal_pointer (&task));
  if (!duo_peer_connection_is_over (self)) {
    reason =
      g_error_new_literal (DUO_RTC_ERROR, DUO_RTC_ERROR_STATE, "The peer connection was closed");
    stop (self, DUO_PEER_CONNECTION_CLOSED, reason);
  }
  duo_peer_connection_set_state (self, DUO_PEER_CONNECTION_CLOSED);
}

gboolean
duo_peer_connection_close_finish (DuoPeerConnection *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
