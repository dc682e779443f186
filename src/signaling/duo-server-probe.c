/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-probe.h"

#include "duo-json-fields.h"
#include "duo-json.h"

#include <libsoup/soup.h>

#define TIMEOUT 10 /* seconds */
#define MAX_ANSWER 4096
#define MAX_VERSION 64
#define MAX_PARTICIPANTS 100000

/* Turns an answer into the result of the task, or returns FALSE if it is none of a room server's.
 */
typedef gboolean (*ReadAnswer) (GTask *task, JsonObject *answer);

typedef struct {
  /* Owned */
  SoupSession *session;
  SoupMessage *message;

  ReadAnswer read_answer;
  char buffer[MAX_ANSWER];
} Probe;

static void
probe_free (gpointer data)
{
  Probe *probe = data;

  g_clear_object (&probe->session);
  g_clear_object (&probe->message);
  g_free (probe);
}

static void
return_transport_error (GTask *task, const GError *error)
{
  int code = DUO_SIGNALING_ERROR_UNREACHABLE;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_task_return_error (task, g_error_copy (error));
    return;
  }

  if (error->domain == G_TLS_ERROR)
    code = DUO_SIGNALING_ERROR_UNTRUSTED;

  g_task_return_new_error (task, DUO_SIGNALING_ERROR, code, "%s", error->message);
}

static void
return_not_a_server (GTask *task)
{
  g_task_return_new_error (task,
                           DUO_SIGNALING_ERROR,
                           DUO_SIGNALING_ERROR_NOT_A_SERVER,
                           "The answer is not one of a room server");
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (JsonObject) answer = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error)) {
    return_transport_error (task, error);
    return;
  }

  if (length > 0 && length < MAX_ANSWER &&
      soup_message_get_status (probe->message) == SOUP_STATUS_OK)
    answer = duo_json_parse (probe->buffer, (gssize) length, NULL);

  if (answer == NULL || !probe->read_answer (task, answer))
    return_not_a_server (task);
}

static void
sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_autoptr (GInputStream) body = NULL;
  g_autoptr (GError) error = NULL;

  body = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (body == NULL) {
    return_transport_error (task, error);
    return;
  }

  /* Whoever answers at that address may be anybody: a bounded piece is enough. */
  g_input_stream_read_all_async (body,
                                 probe->buffer,
                                 sizeof probe->buffer,
                                 G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task),
                                 read_cb,
                                 g_object_ref (task));
}

static void
start (GTask *task, const char *server, const char *path, ReadAnswer read_answer)
{
  g_autofree char *uri = g_strconcat (server, path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (SOUP_METHOD_GET, uri);
  Probe *probe;

  if (message == NULL) {
    return_not_a_server (task);
    return;
  }

  /* A room server does not send anybody elsewhere. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);

  probe = g_new0 (Probe, 1);
  probe->session = soup_session_new_with_options ("timeout", TIMEOUT, NULL);
  probe->message = g_object_ref (message);
  probe->read_answer = read_answer;
  g_task_set_task_data (task, probe, probe_free);
  soup_session_send_async (probe->session,
                           message,
                           G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task),
                           sent_cb,
                           g_object_ref (task));
}

static gboolean
read_participants (GTask *task, JsonObject *answer)
{
  gint64 participants;

  if (!duo_json_get_integer (answer, "participants", 0, MAX_PARTICIPANTS, &participants, NULL))
    return FALSE;

  g_task_return_int (task, (gssize) participants);

  return TRUE;
}

static gboolean
read_health (GTask *task, JsonObject *answer)
{
  const char *status, *version;

  if (!duo_json_get_plain_text (answer, "status", MAX_VERSION, &status, NULL) ||
      !g_str_equal (status, "ok") ||
      !duo_json_get_plain_text (answer, "version", MAX_VERSION, &version, NULL))
    return FALSE;

  g_task_return_pointer (task, g_strdup (version), g_free);

  return TRUE;
}

/**
 * duo_server_probe_participants_async:
 * @server: `http[s]://HOST[:PORT]`
 * @room_id: a ROOM
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome, within some 10 seconds
 * @user_data: handed to @callback
 *
 * Asks a server how many are in a room, without entering it.
 */
void
duo_server_probe_participants_async (const char *server,
                                     const char *room_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *path = NULL;

  g_return_if_fail (server != NULL && room_id != NULL);

  path = g_strconcat ("/parties/main/", room_id, NULL);
  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, duo_server_probe_participants_async);
  start (task, server, path, read_participants);
}

/**
 * duo_server_probe_participants_finish:
 * @result: what the callback was given
 * @error: return location for a #DuoSignalingError or %G_IO_ERROR_CANCELLED
 *
 * Ends duo_server_probe_participants_async().
 *
 * Returns: how many are in the room, -1 with @error set
 */
gint
duo_server_probe_participants_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return (gint) g_task_propagate_int (G_TASK (result), error);
}

/**
 * duo_server_probe_health_async:
 * @server: `http[s]://HOST[:PORT]`
 * @cancellable: (nullable): a cancellable
 * @callback: called with the outcome, within some 10 seconds
 * @user_data: handed to @callback
 *
 * Asks whether there is a room server at an address.
 */
void
duo_server_probe_health_async (const char *server,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (server != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, duo_server_probe_health_async);
  start (task, server, "/health", read_health);
}

/**
 * duo_server_probe_health_finish:
 * @result: what the callback was given
 * @error: return location for a #DuoSignalingError or %G_IO_ERROR_CANCELLED
 *
 * Ends duo_server_probe_health_async().
 *
 * Returns: (transfer full) (nullable): the server's version, plain text of at most 64 characters,
 * or %NULL with @error set
 */
char *
duo_server_probe_health_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
