/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-connection-private.h"
#include "duo-promise.h"
#include "duo-rtp-session.h"

static void
on_stats (gpointer target, const GstStructure *reply, const GError *error)
{
  DuoPeerConnection *self = target;
  g_autoptr (GTask) task = g_queue_pop_head (&self->stats_tasks);
  g_autoptr (GstStructure) sources =
    duo_rtp_session_dup_stats (duo_peer_pipeline_get_webrtc (self->pipeline));

  if (task == NULL)
    return;

  g_task_return_pointer (task,
                         duo_stats_collector_collect (&self->collector,
                                                      sources,
                                                      reply,
                                                      self->counters,
                                                      g_get_monotonic_time ()),
                         (GDestroyNotify) duo_peer_stats_free);
}

/**
 * duo_peer_connection_get_stats_async:
 * @self: a connection
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Gathers statistics. Rates are since the last time.
 */
void
duo_peer_connection_get_stats_async (DuoPeerConnection *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, duo_peer_connection_get_stats_async);
  if (duo_peer_connection_is_over (self)) {
    g_task_return_new_error (task,
                             DUO_RTC_ERROR,
                             DUO_RTC_ERROR_STATE,
                             "The peer connection is over");
    return;
  }

  g_queue_push_tail (&self->stats_tasks, g_steal_pointer (&task));
  g_signal_emit_by_name (duo_peer_pipeline_get_webrtc (self->pipeline),
                         "get-stats",
                         NULL,
                         duo_promise_new (self->link, on_stats));
}

/**
 * duo_peer_connection_get_stats_finish:
 * @self: a connection
 * @result: the result
 * @error: return location for a #GError
 *
 * Returns: (transfer full): statistics
 */
DuoPeerStats *
duo_peer_connection_get_stats_finish (DuoPeerConnection *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
