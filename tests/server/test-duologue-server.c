/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "room-guest.h"
#include "room-peer.h"

#include <signal.h>
#include <string.h>

/* The program itself; its path is the first argument. */
static const char *program;

/* Starts the program at a port, 0 for any, and waits until it listens. */
static GSubprocess *
start (guint16 *port, GString *log)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *option = g_strdup_printf ("--port=%u", *port);
  g_autofree char *line = NULL;
  const char *digits;
  guint64 number;

  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, option, NULL);
  g_assert_no_error (error);

  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (output), FALSE);
  g_buffered_input_stream_set_buffer_size (G_BUFFERED_INPUT_STREAM (output), 1);

  do {
    g_free (line);
    line = g_data_input_stream_read_line (output, NULL, NULL, &error);
    g_assert_no_error (error);
    g_assert_nonnull (line);
    g_string_append (log, line);
  } while (!g_str_has_prefix (line, "Listening on port "));

  digits = strrchr (line, ' ') + 1;
  g_assert_true (g_ascii_string_to_unsigned (digits, 10, 1, G_MAXUINT16, &number, &error));
  *port = (guint16) number;

  return g_steal_pointer (&process);
}

static void
waited_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  gboolean *done = user_data;

  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *done = TRUE;
}

static void
test_signal (gconstpointer user_data)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GBytes) rest = NULL;
  g_autoptr (JsonObject) greeting = NULL;
  gboolean done = FALSE;
  guint16 port = 0;
  RoomPeer *peer;

  process = start (&port, log);
  peer = room_peer_enter (port, PEER_A, SECRET_A);
  greeting = room_peer_expect (peer, "room-joined");
  g_subprocess_send_signal (process, GPOINTER_TO_INT (user_data));
  g_subprocess_wait_async (process, NULL, waited_cb, &done);
  room_peer_expect_close (peer, 1001);
  wait_until (done);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  room_peer_free (peer);

  /* Who was where is nobody's business, even with all debugging on. */
  rest =
    g_input_stream_read_bytes (g_subprocess_get_stdout_pipe (process), 1024 * 1024, NULL, NULL);
  g_string_append_len (log, g_bytes_get_data (rest, NULL), (gssize) g_bytes_get_size (rest));
  g_assert_nonnull (strstr (log->str, "Somebody joined"));
  g_assert_null (strstr (log->str, "lobby"));
  g_assert_null (strstr (log->str, PEER_A));
  g_assert_null (strstr (log->str, SECRET_A));
  g_assert_null (strstr (log->str, "127.0.0.1"));
}

/* A server that dies without a word, and is started again. */
static void
test_killed (void)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GSubprocess) first = NULL;
  g_autoptr (GSubprocess) second = NULL;
  guint16 port = 0;
  Guest *a, *b;

  first = start (&port, log);
  a = guest_join (port, TRUE, PEER_A, SECRET_A);
  b = guest_join (port, TRUE, PEER_B, SECRET_B);
  g_subprocess_force_exit (first);
  wait_until (duo_room_client_get_state (a->client) == DUO_ROOM_CLIENT_RECONNECTING &&
              duo_room_client_get_state (b->client) == DUO_ROOM_CLIENT_RECONNECTING);
  second = start (&port, log);
  wait_until (a->joined == 2 && b->joined == 2);
  g_assert_true (guest_say (a, "back", PEER_B));
  guest_expect (b, "a back addressed");

  guest_leave (a);
  guest_leave (b);
  g_subprocess_force_exit (second);
  g_assert_true (g_subprocess_wait (second, NULL, NULL));
}

static void
test_arguments (void)
{
  static const struct {
    const char *arguments;
    int status;
    const char *output;
  } runs[] = {
    { "--version", 0, "duologue-server " PACKAGE_VERSION },
    { "--help", 0, "--listen" },
    { "--bogus", 2, "--bogus" },
    { "--port=x", 2, "x" },
    { "--port=65536", 2, "--help" },
    { "--port=-1", 2, "--help" },
    { "more", 2, "--help" },
    { "--listen=localhost", 2, "address" },
    { "--port=0 --listen=192.0.2.1", 1, "192.0.2.1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++) {
    g_autofree char *command = g_strdup_printf ("'%s' %s", program, runs[i].arguments);
    g_auto (GStrv) argv = NULL;
    g_autoptr (GSubprocess) process = NULL;
    g_autoptr (GError) error = NULL;
    g_autofree char *output = NULL;

    g_test_message ("%s", runs[i].arguments);
    g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
    process = g_subprocess_newv ((const char *const *) argv,
                                 G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE,
                                 &error);
    g_assert_no_error (error);
    g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error));
    g_assert_no_error (error);
    g_assert_cmpint (g_subprocess_get_exit_status (process), ==, runs[i].status);
    g_assert_nonnull (strstr (output, runs[i].output));
  }
}

int
main (int argc, char *argv[])
{
  g_setenv ("LC_ALL", "C.UTF-8", TRUE);
  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 2);
  program = argv[1];
  g_test_add_data_func ("/duologue-server/sigterm", GINT_TO_POINTER (SIGTERM), test_signal);
  g_test_add_data_func ("/duologue-server/sigint", GINT_TO_POINTER (SIGINT), test_signal);
  g_test_add_func ("/duologue-server/killed", test_killed);
  g_test_add_func ("/duologue-server/arguments", test_arguments);

  return g_test_run ();
}
