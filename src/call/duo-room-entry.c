/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-entry.h"

#include "duo-random.h"
#include "duo-room-keys.h"
#include "duo-seat.h"
#include "duo-token-store.h"

struct _DuoRoomEntry {
  /* Owned */
  DuoRoomClient *client;
  DuoRoomKeys *keys; /* NULL in an open room */
  DuoSeat *seat;
  char *peer_id;
};

typedef struct {
  DuoJoinLink *link;
  char *state_directory;
} Request;

static void
request_free (Request *request)
{
  duo_join_link_unref (request->link);
  g_free (request->state_directory);
  g_free (request);
}

static DuoRoomEntry *
make_entry (const Request *request, DuoRoomKeys *keys, GError **error)
{
  const char *room_id =
    keys != NULL ? duo_room_keys_get_room_id (keys) : duo_join_link_get_room (request->link);
  g_autofree char *uri = duo_join_link_dup_room_uri (request->link, room_id);
  g_autofree char *peer_id = duo_random_id (error);
  g_autoptr (DuoSeat) seat = NULL;
  g_autofree char *token = NULL;
  DuoRoomEntry *self;

  if (peer_id == NULL)
    return NULL;
  seat = duo_seat_take (request->state_directory, uri, error);
  if (seat == NULL)
    return NULL;

  self = g_new0 (DuoRoomEntry, 1);
  self->keys = keys != NULL ? duo_room_keys_ref (keys) : NULL;
  self->client = duo_room_client_new (uri,
                                      room_id,
                                      duo_room_entry_get_seal_key (self),
                                      peer_id,
                                      duo_seat_get_secret (seat));
  token = duo_token_store_load (request->state_directory, duo_join_link_get_server (request->link));
  if (token != NULL)
    duo_room_client_set_token (self->client, token);
  self->seat = g_steal_pointer (&seat);
  self->peer_id = g_steal_pointer (&peer_id);

  return self;
}

static void
finish (GTask *task, DuoRoomKeys *keys)
{
  GError *error = NULL;
  DuoRoomEntry *entry = make_entry (g_task_get_task_data (task), keys, &error);

  if (entry != NULL)
    g_task_return_pointer (task, entry, (GDestroyNotify) duo_room_entry_free);
  else
    g_task_return_error (task, error);
}

static void
on_keys (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (DuoRoomKeys) keys = NULL;
  GError *error = NULL;

  keys = duo_room_keys_derive_finish (result, &error);
  if (keys == NULL)
    g_task_return_error (task, error);
  else if (!g_task_return_error_if_cancelled (task))
    finish (task, keys);
}

/**
 * duo_room_entry_prepare_async:
 * @link: where the room is
 * @state_directory: (nullable): where seats are kept, see duo_seat_take()
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Derives the room's keys in another thread, and takes a seat.
 */
void
duo_room_entry_prepare_async (DuoJoinLink *link,
                              const char *state_directory,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Request *request;

  g_return_if_fail (link != NULL);

  request = g_new0 (Request, 1);
  request->link = duo_join_link_ref (link);
  request->state_directory = g_strdup (state_directory);
  g_task_set_task_data (task, request, (GDestroyNotify) request_free);

  if (duo_join_link_is_open (link))
    finish (task, NULL);
  else
    duo_room_keys_derive_async (duo_join_link_get_symbols (link),
                                cancellable,
                                on_keys,
                                g_object_ref (task));
}

/**
 * duo_room_entry_prepare_finish:
 * @result: the result
 * @error: return location for a #GError
 *
 * Finishes duo_room_entry_prepare_async().
 *
 * Returns: (transfer full): an entry, or %NULL if there is no randomness or it was cancelled
 */
DuoRoomEntry *
duo_room_entry_prepare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * duo_room_entry_free:
 * @self: (transfer full): an entry
 *
 * Frees an entry. The seat can be taken by another program from now on.
 */
void
duo_room_entry_free (DuoRoomEntry *self)
{
  g_return_if_fail (self != NULL);

  g_clear_object (&self->client);
  g_clear_pointer (&self->keys, duo_room_keys_unref);
  g_clear_pointer (&self->seat, duo_seat_release);
  g_free (self->peer_id);
  g_free (self);
}

/**
 * duo_room_entry_get_client:
 * @self: an entry
 *
 * Returns: (transfer none): the client
 */
DuoRoomClient *
duo_room_entry_get_client (DuoRoomEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->client;
}

/**
 * duo_room_entry_get_seal_key:
 * @self: an entry
 *
 * Returns: (transfer none) (nullable): the key of a room with a code, %NULL for an open room
 */
GBytes *
duo_room_entry_get_seal_key (DuoRoomEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->keys != NULL ? duo_room_keys_get_seal_key (self->keys) : NULL;
}

/**
 * duo_room_entry_get_peer_id:
 * @self: an entry
 *
 * Returns: (transfer none): our PEER
 */
const char *
duo_room_entry_get_peer_id (DuoRoomEntry *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->peer_id;
}
