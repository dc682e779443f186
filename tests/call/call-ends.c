/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "call-ends.h"

#include <glib/gstdio.h>

static GstPadProbeReturn
on_frame (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  g_atomic_int_inc ((int *) user_data);

  return GST_PAD_PROBE_OK;
}

static GstElement *
create_sink (gpointer user_data)
{
  CallEnd *end = user_data;
  GstElement *sink = gst_element_factory_make ("fakesink", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (sink, "sink");

  g_object_set (sink, "sync", FALSE, "async", FALSE, "enable-last-sample", FALSE, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_frame, &end->frames, NULL);

  return sink;
}

static void
on_done (GObject *object, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
on_wakeup (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the main context until a condition holds. */
#define WAIT(condition)                                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 deadline = g_get_monotonic_time () + LIMIT;                                             \
    guint wakeup = g_timeout_add (10, on_wakeup, NULL);                                            \
    while (!(condition) && g_get_monotonic_time () < deadline)                                     \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (wakeup);                                                                      \
  }                                                                                                \
  G_STMT_END

static char *
make_link (CallEnds *ends)
{
  g_autofree char *server = g_strdup_printf ("http://127.0.0.1:%u", ends->port);
  g_autoptr (DuoJoinLink) link = duo_join_link_new (server, NULL);

  return duo_join_link_to_string (link);
}

/**
 * call_ends_set_up:
 * @ends: a fixture
 * @data: nothing
 *
 * Starts a room server on a free port and makes a link to it.
 */
void
call_ends_set_up (CallEnds *ends, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  ends->server = duo_room_server_new ();
  duo_room_server_listen (ends->server, TRUE, 0, &error);
  g_assert_no_error (error);
  ends->port = duo_room_server_get_port (ends->server);

  text = make_link (ends);
  ends->link = duo_join_link_parse (text, NULL, &error);
  g_assert_no_error (error);

  ends->directory = g_dir_make_tmp ("duo-call-XXXXXX", &error);
  g_assert_no_error (error);
}

/**
 * call_ends_set_open_room:
 * @ends: a fixture
 *
 * Uses a room without a code instead.
 */
void
call_ends_set_open_room (CallEnds *ends)
{
  g_autofree char *text = g_strdup_printf ("ws://127.0.0.1:%u/parties/main/open", ends->port);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&ends->link, duo_join_link_unref);
  ends->link = duo_join_link_parse (text, NULL, &error);
  g_assert_no_error (error);
}

/**
 * call_end_renew:
 * @ends: the fixture
 * @end: an end that has been started
 * @name: the person's name
 *
 * Begins another call with the same media; the former one must have been closed.
 */
void
call_end_renew (CallEnds *ends, CallEnd *end, const char *name)
{
  g_autofree char *directory = g_build_filename (ends->directory, name, NULL);

  end->session = duo_call_session_new (ends->link, name, end->graph, end->factory, directory);
  end->call = DUO_CALL (end->session);
}

/**
 * call_end_start:
 * @ends: the fixture
 * @end: one of its ends
 * @name: the person's name
 *
 * Makes an end with test media, and an idle call.
 */
void
call_end_start (CallEnds *ends, CallEnd *end, const char *name)
{
  end->graph = duo_media_graph_new (NULL, TRUE);
  duo_media_graph_start (end->graph);
  end->factory = duo_peer_factory_new (end->graph, create_sink, end, NULL);
  call_end_renew (ends, end, name);
}

/**
 * call_end_close:
 * @end: an end
 *
 * Ends the call and waits until nothing of it is left.
 */
void
call_end_close (CallEnd *end)
{
  g_autoptr (GAsyncResult) result = NULL;

  duo_call_session_close_async (end->session, on_done, &result);
  WAIT (result != NULL);
  g_assert_nonnull (result);
  duo_call_session_close_finish (end->session, result);
  g_clear_object (&result);

  end->call = NULL;
  g_assert_finalize_object (g_steal_pointer (&end->session));
}

static void
call_end_stop (CallEnd *end)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (end->graph == NULL)
    return;
  if (end->session != NULL)
    call_end_close (end);

  g_assert_finalize_object (g_steal_pointer (&end->factory));
  duo_media_graph_stop_async (end->graph, on_done, &result);
  WAIT (result != NULL);
  g_assert_nonnull (result);
  g_assert_true (duo_media_graph_stop_finish (end->graph, result, &error));
  g_assert_no_error (error);
  g_clear_object (&result);
  g_assert_finalize_object (g_steal_pointer (&end->graph));
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_tree (child);
  }
  g_assert_cmpint (g_remove (path), ==, 0);
}

/**
 * call_ends_tear_down:
 * @ends: a fixture
 * @data: nothing
 *
 * Ends it all; nothing may be left.
 */
void
call_ends_tear_down (CallEnds *ends, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (ends->ends); i++)
    call_end_stop (&ends->ends[i]);

  if (ends->server != NULL) {
    duo_room_server_stop (ends->server);
    g_clear_object (&ends->server);
  }
  g_clear_pointer (&ends->link, duo_join_link_unref);
  remove_tree (ends->directory);
  g_free (ends->directory);
}

/**
 * call_wait_state:
 * @end: an end
 * @state: a state
 *
 * Returns: whether the call gets there in time
 */
gboolean
call_wait_state (CallEnd *end, DuoCallState state)
{
  WAIT (duo_call_get_state (end->call) == state);

  return duo_call_get_state (end->call) == state;
}

/**
 * call_wait_flag:
 * @end: an end
 * @property: a boolean property of the call
 * @value: what it is to be
 *
 * Returns: whether it gets that value in time
 */
gboolean
call_wait_flag (CallEnd *end, const char *property, gboolean value)
{
  WAIT (duo_call_get_flag (end->call, property) == value);

  return duo_call_get_flag (end->call, property) == value;
}

/**
 * call_wait_safety:
 * @end: an end
 * @safety: what there is to compare
 *
 * The answerer may be connected before it hears what the offerer reveals.
 *
 * Returns: whether it gets there in time
 */
gboolean
call_wait_safety (CallEnd *end, DuoCallSafety safety)
{
  WAIT (duo_call_get_safety (end->call) == safety);

  return duo_call_get_safety (end->call) == safety;
}

/**
 * call_wait_frames:
 * @end: an end
 * @more: how many
 *
 * Returns: whether that many more pictures of the other come in time
 */
gboolean
call_wait_frames (CallEnd *end, int more)
{
  int wanted = g_atomic_int_get (&end->frames) + more;

  WAIT (g_atomic_int_get (&end->frames) >= wanted);

  return g_atomic_int_get (&end->frames) >= wanted;
}

/**
 * call_connect:
 * @ends: the fixture
 *
 * Has Ada and Ben in a call: the first two ends.
 */
void
call_connect (CallEnds *ends)
{
  call_end_start (ends, &ends->ends[0], "Ada");
  call_end_start (ends, &ends->ends[1], "Ben");
  duo_call_join (ends->ends[0].call);
  duo_call_join (ends->ends[1].call);
  call_assert_state (&ends->ends[0], DUO_CALL_STATE_CONNECTED);
  call_assert_state (&ends->ends[1], DUO_CALL_STATE_CONNECTED);
}
