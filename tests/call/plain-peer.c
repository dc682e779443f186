/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "plain-peer.h"

#include "duo-json.h"

static GstElement *
create_sink (gpointer user_data)
{
  return gst_element_factory_make ("fakesink", NULL);
}

/* Bare: nothing of what only Duologue knows. */
static void
say (PlainPeer *self, DuoPeerMessage *message)
{
  g_autoptr (JsonObject) object = duo_peer_message_to_json (message);
  g_autofree char *text = NULL;

  json_object_remove_member (object, "epoch");
  text = duo_json_to_string (object);
  soup_websocket_connection_send_text (self->socket, text);
  duo_peer_message_free (message);
}

static void
say_description (PlainPeer *self, DuoPeerMessageType type, const char *sdp)
{
  DuoPeerMessage *message = duo_peer_message_new (type);

  message->sdp = g_strdup (sdp);
  say (self, message);
}

static void
on_candidate (PlainPeer *self, guint mline, const char *candidate)
{
  DuoPeerMessage *message;

  if (*candidate == '\0')
    return;

  message = duo_peer_message_new (DUO_PEER_MESSAGE_ICE_CANDIDATE);
  message->candidate = g_strdup (candidate);
  message->sdp_mline_index = mline;
  say (self, message);
}

static void
on_connected (PlainPeer *self)
{
  if (duo_peer_connection_get_connection_state (self->connection) == DUO_PEER_CONNECTION_CONNECTED)
    duo_peer_factory_attach (self->factory, self->connection);
}

static void
drop_connection (PlainPeer *self)
{
  if (self->connection == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  duo_peer_factory_retire (self->factory, self->connection, FALSE);
  g_clear_object (&self->connection);
}

static void
begin (PlainPeer *self, gboolean offerer)
{
  g_autoptr (GError) error = NULL;

  drop_connection (self);
  self->offerer = offerer;
  self->connection = duo_peer_factory_create (self->factory, 1, offerer, TRUE, &error);
  g_assert_no_error (error);
  g_signal_connect_swapped (self->connection, "ice-candidate", G_CALLBACK (on_candidate), self);
  g_signal_connect_swapped (self->connection,
                            "notify::connection-state",
                            G_CALLBACK (on_connected),
                            self);
}

static void
on_offer_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PlainPeer *self = user_data;
  g_autofree char *sdp =
    duo_peer_connection_create_offer_finish (DUO_PEER_CONNECTION (object), result, NULL);

  /* It may have been dropped for the other's, also after it was made. */
  if (sdp == NULL || DUO_PEER_CONNECTION (object) != self->connection)
    return;

  g_free (self->offer);
  self->offer = g_steal_pointer (&sdp);
  say_description (self, DUO_PEER_MESSAGE_OFFER, self->offer);
}

static void
on_answer_made (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PlainPeer *self = user_data;
  g_autofree char *sdp =
    duo_peer_connection_accept_offer_finish (DUO_PEER_CONNECTION (object), result, NULL);

  if (sdp != NULL && DUO_PEER_CONNECTION (object) == self->connection)
    say_description (self, DUO_PEER_MESSAGE_ANSWER, sdp);
}

static void
take (PlainPeer *self, const DuoPeerMessage *message)
{
  switch (message->type) {
  case DUO_PEER_MESSAGE_OFFER:
    self->offers++;
    if (self->only_offers)
      break;
    begin (self, FALSE);
    duo_peer_connection_accept_offer_async (self->connection,
                                            message->sdp,
                                            NULL,
                                            on_answer_made,
                                            self);
    break;
  case DUO_PEER_MESSAGE_ANSWER:
    self->answers++;
    /* To an offer that was dropped for the other's it comes too late. */
    if (self->offerer)
      duo_peer_connection_accept_answer_async (self->connection, message->sdp, NULL, NULL, NULL);
    break;
  case DUO_PEER_MESSAGE_ICE_CANDIDATE:
    if (self->connection != NULL)
      duo_peer_connection_add_candidate (self->connection, 0, message->candidate, NULL);
    break;
  case DUO_PEER_MESSAGE_HELLO:
  case DUO_PEER_MESSAGE_REVEAL:
  case DUO_PEER_MESSAGE_RESTART:
  case DUO_PEER_MESSAGE_BYE:
  case DUO_PEER_MESSAGE_JOIN_ROOM:
  case DUO_PEER_MESSAGE_LEAVE_ROOM:
  default:
    break;
  }
}

static void
on_text (SoupWebsocketConnection *socket, SoupWebsocketDataType type, GBytes *text, PlainPeer *self)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (DuoPeerMessage) message = NULL;
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);

  object = duo_json_parse (bytes, (gssize) length, NULL);
  g_assert_nonnull (object);
  message = duo_peer_message_from_json (object, TRUE, NULL);
  if (message != NULL)
    take (self, message);
}

static void
on_socket (GObject *object, GAsyncResult *result, gpointer user_data)
{
  PlainPeer *self = user_data;
  g_autoptr (GError) error = NULL;

  self->socket = soup_session_websocket_connect_finish (SOUP_SESSION (object), result, &error);
  g_assert_no_error (error);
  g_signal_connect (self->socket, "message", G_CALLBACK (on_text), self);
}

/**
 * plain_peer_new:
 * @port: of a room server
 *
 * Goes into the room of call_ends_set_open_room().
 *
 * Returns: (transfer full): a peer with test media
 */
PlainPeer *
plain_peer_new (guint16 port)
{
  PlainPeer *self = g_new0 (PlainPeer, 1);
  g_autofree char *uri =
    g_strdup_printf ("ws://127.0.0.1:%u/parties/main/open?_pk=00000000-0000-4000-8000-000000000000",
                     port);
  g_autoptr (SoupMessage) request = soup_message_new ("GET", uri);

  self->graph = duo_media_graph_new (NULL, TRUE);
  duo_media_graph_start (self->graph);
  self->factory = duo_peer_factory_new (self->graph, create_sink, NULL, NULL);
  self->soup = soup_session_new ();
  soup_session_websocket_connect_async (self->soup, request, NULL, NULL, 0, NULL, on_socket, self);
  while (self->socket == NULL)
    g_main_context_iteration (NULL, TRUE);

  return self;
}

/**
 * plain_peer_call:
 * @self: a peer in the room
 *
 * Offers a new connection to whoever is there.
 */
void
plain_peer_call (PlainPeer *self)
{
  begin (self, TRUE);
  duo_peer_connection_create_offer_async (self->connection, NULL, on_offer_made, self);
}

/**
 * plain_peer_offer_nonsense:
 * @self: a peer in the room
 *
 * Offers what Duologue cannot take.
 */
void
plain_peer_offer_nonsense (PlainPeer *self)
{
  say_description (self, DUO_PEER_MESSAGE_OFFER, "v=0\r\nm=text 9 RTP/AVP 98\r\n");
}

/**
 * plain_peer_repeat_offer:
 * @self: a peer that has offered
 *
 * Says the same again, as a page does that negotiates its connection once more.
 */
void
plain_peer_repeat_offer (PlainPeer *self)
{
  say_description (self, DUO_PEER_MESSAGE_OFFER, self->offer);
}

/**
 * plain_peer_leave:
 * @self: a peer in the room
 *
 * Drops everything, as a page does that is closed.
 */
void
plain_peer_leave (PlainPeer *self)
{
  drop_connection (self);
  if (soup_websocket_connection_get_state (self->socket) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->socket, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

static void
on_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

/**
 * plain_peer_free:
 * @self: (transfer full): a peer
 *
 * Leaves, and waits until nothing of it is left.
 */
void
plain_peer_free (PlainPeer *self)
{
  gboolean drained = FALSE;
  gboolean stopped = FALSE;

  plain_peer_leave (self);
  duo_peer_factory_drain_async (self->factory, on_done, &drained);
  duo_media_graph_stop_async (self->graph, on_done, &stopped);
  while (!drained || !stopped ||
         soup_websocket_connection_get_state (self->socket) != SOUP_WEBSOCKET_STATE_CLOSED)
    g_main_context_iteration (NULL, TRUE);

  g_signal_handlers_disconnect_by_data (self->socket, self);
  g_clear_object (&self->socket);
  g_clear_object (&self->soup);
  g_clear_object (&self->factory);
  g_clear_object (&self->graph);
  g_free (self->offer);
  g_free (self);
}
