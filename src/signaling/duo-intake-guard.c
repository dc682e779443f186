/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-intake-guard.h"

#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

/**
 * DuoIntakeGuard:
 *
 * Watches how much is read from a connection without a whole message coming of it. libsoup before
 * 3.6 bounds a frame but not a message, which may be of any number of frames and is kept until the
 * last of them: a hostile server could fill the memory with a message that never ends. The kernel
 * knows how many bytes have come over the socket; those of TLS are among them.
 */
struct _DuoIntakeGuard {
  /* Owned */
  SoupMessage *message;
  GSocket *socket; /* NULL until connected */
  GSource *source; /* likewise */

  GSourceOnceFunc callback;
  gpointer user_data;
  guint64 limit;
  guint64 before; /* had been read when the last message was whole */
};

/* What has come and was read already. */
static guint64
count_read (DuoIntakeGuard *self)
{
  struct tcp_info info = { 0 };
  socklen_t size = sizeof info;
  gssize waiting = g_socket_get_available_bytes (self->socket);

  if (getsockopt (g_socket_get_fd (self->socket), IPPROTO_TCP, TCP_INFO, &info, &size) != 0)
    return self->before;

  return info.tcpi_bytes_received - (guint64) CLAMP (waiting, 0, (gssize) info.tcpi_bytes_received);
}

static gboolean
readable_cb (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  DuoIntakeGuard *self = user_data;
  guint64 now = count_read (self);

  if (now > self->before && now - self->before > self->limit) {
    self->callback (self->user_data);
    return G_SOURCE_REMOVE;
  }

  return G_SOURCE_CONTINUE;
}

static void
network_event_cb (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer user_data)
{
  DuoIntakeGuard *self = user_data;

  if (event != G_SOCKET_CLIENT_CONNECTED || !G_IS_SOCKET_CONNECTION (connection) ||
      self->source != NULL)
    return;

  self->socket = g_object_ref (g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection)));
  self->source = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (readable_cb), self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

/**
 * duo_intake_guard_new:
 * @message: the handshake, not sent yet
 * @limit: how many bytes may come without a message
 * @callback: called once if more do; it may free the guard
 * @user_data: for @callback
 *
 * Watches a connection once there is one, from the thread's default main context.
 *
 * Returns: (transfer full): the guard
 */
DuoIntakeGuard *
duo_intake_guard_new (SoupMessage *message,
                      guint64 limit,
                      GSourceOnceFunc callback,
                      gpointer user_data)
{
  DuoIntakeGuard *self = g_new0 (DuoIntakeGuard, 1);

  self->message = g_object_ref (message);
  self->limit = limit;
  self->callback = callback;
  self->user_data = user_data;
  g_signal_connect (message, "network-event", G_CALLBACK (network_event_cb), self);

  return self;
}

/**
 * duo_intake_guard_free:
 * @self: (transfer full): a guard
 *
 * Stops to watch.
 */
void
duo_intake_guard_free (DuoIntakeGuard *self)
{
  g_signal_handlers_disconnect_by_data (self->message, self);
  g_object_unref (self->message);
  if (self->source != NULL) {
    g_source_destroy (self->source);
    g_source_unref (self->source);
  }
  g_clear_object (&self->socket);
  g_free (self);
}

/**
 * duo_intake_guard_note_message:
 * @self: a guard
 *
 * A message was whole: what comes from now on belongs to the next one.
 */
void
duo_intake_guard_note_message (DuoIntakeGuard *self)
{
  g_return_if_fail (self != NULL);

  if (self->socket != NULL)
    self->before = count_read (self);
}
