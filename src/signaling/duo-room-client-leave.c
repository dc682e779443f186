/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-room-client.h"

static void
closed_cb (DuoRoomClient *client, DuoRoomCloseReason reason, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  g_signal_handlers_disconnect_by_data (client, task);
  g_task_return_boolean (task, TRUE);
}

/**
 * duo_room_client_leave_async:
 * @self: a client
 * @cancellable: (nullable): a cancellable
 * @callback: called when the client has left
 * @user_data: handed to @callback
 *
 * Leaves as duo_room_client_leave() does, and tells when that is done: after 2 seconds at most.
 */
void
duo_room_client_leave_async (DuoRoomClient *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (DUO_IS_ROOM_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, duo_room_client_leave_async);

  if (duo_room_client_get_state (self) == DUO_ROOM_CLIENT_CLOSED) {
    g_task_return_boolean (task, TRUE);
    return;
  }

  g_signal_connect_data (self,
                         "closed",
                         G_CALLBACK (closed_cb),
                         g_object_ref (task),
                         (GClosureNotify) (void (*) (void)) g_object_unref,
                         G_CONNECT_AFTER);
  duo_room_client_leave (self);
}

/**
 * duo_room_client_leave_finish:
 * @self: a client
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Ends duo_room_client_leave_async().
 *
 * Returns: %TRUE; %FALSE only if it was cancelled, and the client leaves all the same
 */
gboolean
duo_room_client_leave_finish (DuoRoomClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
