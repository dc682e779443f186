/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "hostile-peer.h"

#include <string.h>

#include "duo-channel-message.h"
#include "duo-room-keys.h"
#include "duo-safety.h"

static GstElement *
create_sink (gpointer user_data)
{
  return gst_element_factory_make ("fakesink", NULL);
}

/**
 * hostile_peer_send:
 * @self: a peer that has heard of the other
 * @message: (transfer full): what to say
 */
void
hostile_peer_send (HostilePeer *self, DuoPeerMessage *message)
{
  g_assert_true (duo_room_client_send (self->client, message, self->remote));
  duo_peer_message_free (message);
}

/* Another certificate than the one in use. */
static char *
alter_fingerprint (const char *sdp)
{
  g_autofree char *altered = g_strdup (sdp);
  char *at = altered;

  while ((at = strstr (at, "a=fingerprint:sha-256 ")) != NULL) {
    at += strlen ("a=fingerprint:sha-256 ");
    *at = *at == 'A' ? 'B' : 'A';
  }

  return g_steal_pointer (&altered);
}

static GBytes *
resume_proof (HostilePeer *self)
{
  if (self->epoch == 1 || self->resume == HOSTILE_RESUME_MISSING)
    return NULL;

  g_assert_nonnull (self->resume_key);
  return duo_safety_resume_proof (self->resume == HOSTILE_RESUME_RIGHT ? self->resume_key
                                                                       : self->nonce,
                                  FALSE,
                                  self->epoch,
                                  duo_peer_connection_get_local_fingerprint (self->connection));
}

static void
on_answer (GObject *object, GAsyncResult *result, gpointer user_data)
{
  HostilePeer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sdp =
    duo_peer_connection_accept_offer_finish (DUO_PEER_CONNECTION (object), result, &error);
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_ANSWER);

  g_assert_no_error (error);
  message->epoch = self->epoch;
  message->sdp = self->altered ? alter_fingerprint (sdp) : g_strdup (sdp);
  message->nonce = g_bytes_ref (self->nonce);
  message->resume = resume_proof (self);
  hostile_peer_send (self, message);
}

static void
on_candidate (HostilePeer *self, guint mline, const char *candidate)
{
  DuoPeerMessage *message = duo_peer_message_new (DUO_PEER_MESSAGE_ICE_CANDIDATE);

  message->epoch = self->epoch;
  message->candidate = g_strdup (candidate);
  message->sdp_mline_index = mline;
  hostile_peer_send (self, message);
}

static void
on_channel_message (HostilePeer *self, const DuoChannelMessage *message)
{
  if (message->type != DUO_CHANNEL_MESSAGE_RESUME)
    return;

  g_clear_pointer (&self->resume_key, g_bytes_unref);
  self->resume_key = g_bytes_ref (message->key);
}

static void
drop_connection (HostilePeer *self)
{
  if (self->connection == NULL)
    return;

  if (self->channel != NULL)
    g_signal_handlers_disconnect_by_data (self->channel, self);
  g_clear_object (&self->channel);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  duo_peer_factory_retire (self->factory, self->connection, FALSE);
  g_clear_object (&self->connection);
}

static void
take_offer (HostilePeer *self, const DuoPeerMessage *message)
{
  g_autoptr (GError) error = NULL;

  self->offers++;
  self->epoch = message->epoch;
  if (self->mute)
    return;

  drop_connection (self);
  self->connection = duo_peer_factory_create (self->factory, message->epoch, FALSE, FALSE, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (self->connection, "ice-candidate", G_CALLBACK (on_candidate), self);
  self->channel = duo_call_channel_new (self->connection);
  g_signal_connect_swapped (self->channel, "message", G_CALLBACK (on_channel_message), self);
  duo_peer_connection_accept_offer_async (self->connection, message->sdp, NULL, on_answer, self);
}

static void
on_joined (HostilePeer *self)
{
  g_autoptr (DuoPeerMessage) hello = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);

  hello->offers = 1;
  duo_room_client_send (self->client, hello, NULL);
}

static void
reply_hello (HostilePeer *self)
{
  DuoPeerMessage *hello = duo_peer_message_new (DUO_PEER_MESSAGE_HELLO);

  hello->offers = 1;
  hello->reply = TRUE;
  hostile_peer_send (self, hello);
}

static void
on_message (HostilePeer *self, const char *from, const DuoPeerMessage *message, gboolean addressed)
{
  g_autoptr (GError) error = NULL;

  g_free (self->remote);
  self->remote = g_strdup (from);

  switch (message->type) {
  case DUO_PEER_MESSAGE_HELLO:
    if (!message->reply && !self->late)
      reply_hello (self);
    break;
  case DUO_PEER_MESSAGE_OFFER:
    if (self->late && self->offers == 0) {
      self->offers++;
      reply_hello (self);
    } else {
      take_offer (self, message);
    }
    break;
  case DUO_PEER_MESSAGE_ICE_CANDIDATE:
    if (self->connection != NULL)
      duo_peer_connection_add_candidate (self->connection,
                                         message->sdp_mline_index,
                                         message->candidate,
                                         &error);
    break;
  case DUO_PEER_MESSAGE_BYE:
  case DUO_PEER_MESSAGE_JOIN_ROOM:
  case DUO_PEER_MESSAGE_LEAVE_ROOM:
    self->byes++;
    self->bye = message->reason;
    break;
  case DUO_PEER_MESSAGE_ANSWER:
    self->answers++;
    break;
  case DUO_PEER_MESSAGE_REVEAL:
  case DUO_PEER_MESSAGE_RESTART:
  default:
    break;
  }
}

static void
on_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/**
 * hostile_peer_new:
 * @link: the call
 * @peer_id: its PEER
 *
 * Goes into the room of the call.
 *
 * Returns: (transfer full): a peer that is honest until it is told otherwise
 */
HostilePeer *
hostile_peer_new (DuoJoinLink *link, const char *peer_id)
{
  HostilePeer *self = g_new0 (HostilePeer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (DuoRoomKeys) keys = NULL;
  g_autofree char *uri = NULL;
  const char *room_id;

  if (duo_join_link_is_open (link)) {
    room_id = duo_join_link_get_room (link);
  } else {
    keys = duo_room_keys_derive (duo_join_link_get_symbols (link), &error);
    g_assert_no_error (error);
    room_id = duo_room_keys_get_room_id (keys);
  }
  uri = duo_join_link_dup_room_uri (link, room_id);

  self->nonce = duo_safety_nonce (&error);
  g_assert_no_error (error);
  self->graph = duo_media_graph_new (NULL, TRUE);
  self->factory = duo_peer_factory_new (self->graph, create_sink, NULL, NULL);
  self->client = duo_room_client_new (uri,
                                      room_id,
                                      keys != NULL ? duo_room_keys_get_seal_key (keys) : NULL,
                                      peer_id,
                                      "secret-secret-secret-secret");
  g_signal_connect_swapped (self->client, "joined", G_CALLBACK (on_joined), self);
  g_signal_connect_swapped (self->client, "message", G_CALLBACK (on_message), self);
  duo_room_client_join (self->client);

  return self;
}

/**
 * hostile_peer_free:
 * @self: (transfer full): a peer
 *
 * Leaves without a goodbye, and waits until nothing of it is left.
 */
void
hostile_peer_free (HostilePeer *self)
{
  gboolean left = FALSE;
  gboolean drained = FALSE;

  drop_connection (self);
  duo_peer_factory_drain_async (self->factory, on_done, &drained);
  g_signal_handlers_disconnect_by_data (self->client, self);
  duo_room_client_leave_async (self->client, NULL, on_done, &left);
  while (!left || !drained)
    g_main_context_iteration (NULL, TRUE);

  g_clear_object (&self->client);
  g_clear_object (&self->factory);
  g_clear_object (&self->graph);
  g_clear_pointer (&self->nonce, g_bytes_unref);
  g_clear_pointer (&self->resume_key, g_bytes_unref);
  g_free (self->remote);
  g_free (self);
}
