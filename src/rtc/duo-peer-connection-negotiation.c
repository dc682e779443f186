/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-connection-private.h"

#include <string.h>

static void
flush_candidates (gpointer target, gpointer data)
{
  DuoPeerConnection *self = target;

  self->candidates_held = FALSE;
  while (self->candidates->len > 0) {
    g_autofree char *candidate = g_ptr_array_steal_index (self->candidates, 0);

    g_signal_emit_by_name (self, "ice-candidate", 0u, candidate);
  }
}

void
duo_peer_connection_emit_candidate (DuoPeerConnection *self, const char *candidate)
{
  if (self->candidates_ended)
    return;

  self->candidates_ended = candidate[0] == '\0';
  self->relayed_candidate |= strstr (candidate, " typ relay") != NULL;
  g_ptr_array_add (self->candidates, g_strdup (candidate));
  if (!self->candidates_held)
    flush_candidates (self, NULL);
}

static GTask *
begin_negotiation (DuoPeerConnection *self,
                   gpointer tag,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  if (duo_peer_connection_is_over (self)) {
    g_task_return_new_error (task,
                             DUO_RTC_ERROR,
                             DUO_RTC_ERROR_STATE,
                             "The peer connection is over");
    g_clear_object (&task);
    return NULL;
  }
  duo_peer_connection_set_state (self, DUO_PEER_CONNECTION_CONNECTING);
  self->candidates_held = TRUE;

  return task;
}

/* Candidates wait for the description that they belong to. */
static void
end_negotiation (DuoPeerConnection *self)
{
  if (self->candidates_held)
    duo_peer_link_post (self->link, flush_candidates, NULL, NULL);
}

/**
 * duo_peer_connection_create_offer_async:
 * @self: the offerer's connection
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Makes an offer and sets it as the local description.
 */
void
duo_peer_connection_create_offer_async (DuoPeerConnection *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self->offerer);

  task = begin_negotiation (self,
                            duo_peer_connection_create_offer_async,
                            cancellable,
                            callback,
                            user_data);
  if (task != NULL)
    duo_negotiation_create_offer (self->negotiation, task);
}

char *
duo_peer_connection_create_offer_finish (DuoPeerConnection *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  end_negotiation (self);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * duo_peer_connection_accept_offer_async:
 * @self: the answerer's connection
 * @sdp: the peer's offer
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Checks and takes an offer, makes an answer, and sets it as the local description.
 */
void
duo_peer_connection_accept_offer_async (DuoPeerConnection *self,
                                        const char *sdp,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (!self->offerer);

  task = begin_negotiation (self,
                            duo_peer_connection_accept_offer_async,
                            cancellable,
                            callback,
                            user_data);
  if (task != NULL)
    duo_negotiation_accept_offer (self->negotiation, sdp, task);
}

char *
duo_peer_connection_accept_offer_finish (DuoPeerConnection *self,
                                         GAsyncResult *result,
                                         GError **error)
{
  end_negotiation (self);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * duo_peer_connection_accept_answer_async:
 * @self: the offerer's connection
 * @sdp: the peer's answer
 * @cancellable: (nullable): a cancellable
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Checks and takes the answer.
 */
void
duo_peer_connection_accept_answer_async (DuoPeerConnection *self,
                                         const char *sdp,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (self->offerer);

  task = begin_negotiation (self,
                            duo_peer_connection_accept_answer_async,
                            cancellable,
                            callback,
                            user_data);
  if (task != NULL)
    duo_negotiation_accept_answer (self->negotiation, sdp, task);
}

gboolean
duo_peer_connection_accept_answer_finish (DuoPeerConnection *self,
                                          GAsyncResult *result,
                                          GError **error)
{
  end_negotiation (self);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * duo_peer_connection_add_candidate:
 * @self: a connection
 * @mline: the index of the section; all are bundled, so that it does not matter
 * @candidate: a candidate of the peer; the empty string ends them
 * @error: return location for a #GError
 *
 * Takes a candidate, also before the description. Candidates that are of no use here are silently
 * left out.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_CANDIDATE when it is malformed or one too many
 */
gboolean
duo_peer_connection_add_candidate (DuoPeerConnection *self,
                                   guint mline,
                                   const char *candidate,
                                   GError **error)
{
  if (duo_peer_connection_is_over (self))
    return TRUE;

  return duo_negotiation_add_candidate (self->negotiation, candidate, error);
}
