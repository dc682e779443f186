/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "room-peer.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

/* The program itself; its path is the first argument. */
static const char *program;

static GSubprocess *
start (guint16 *port, GString *log)
{
  g_autoptr (GSubprocessLauncher) launcher =
    g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  const char *digits;
  guint64 number;

  g_subprocess_launcher_setenv (launcher, "G_MESSAGES_DEBUG", "all", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, program, "--port=0", NULL);
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
  guint16 port;
  RoomPeer *peer;

  process = start (&port, log);
  peer = room_peer_enter (port, PEER_A, SECRET_A);
  greeting = room_peer_expect (peer, "room-joined");
  g_subprocess_send_signal (process, GPOINTER_TO_INT (user_data));
  g_subprocess_wait_async (process, NULL, waited_cb, &done);
  room_peer_expect_close (peer, 1012);
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
    { "--port=x", 2, "from 0 to 65535" },
    { "--port=65536", 2, "from 0 to 65535" },
    { "--port=-1", 2, "from 0 to 65535" },
    { "--seat-hold=1.5.2", 2, "seconds from 0 to 86400" },
    { "--config=/nonexistent", 2, "/nonexistent" },
    { "token --for=Ada --days=0 --access-secret-file=x", 2, "token --help" },
    { "token --for=Ada --access-secret-file=/nonexistent", 1, "/nonexistent" },
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

/* As systemd does it: the socket is there before the program, and keeps who comes too early. */
static void
test_inherited (void)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (address, 0);
  g_autoptr (GSocket) socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autofree char *script =
    g_strdup_printf ("LISTEN_FDS=1 LISTEN_PID=$$ exec '%s' --stun-port=0", program);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (JsonObject) greeting = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;
  RoomPeer *peer;

  g_assert_true (g_socket_bind (socket, any, TRUE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  local = g_socket_get_local_address (socket, NULL);
  g_subprocess_launcher_take_fd (launcher, dup (g_socket_get_fd (socket)), 3);
  process = g_subprocess_launcher_spawn (launcher, &error, "/bin/sh", "-c", script, NULL);
  g_assert_no_error (error);

  peer = room_peer_enter (g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local)),
                          PEER_A,
                          SECRET_A);
  greeting = room_peer_expect (peer, "room-joined");
  g_subprocess_send_signal (process, SIGTERM);
  g_subprocess_wait_async (process, NULL, waited_cb, &done);
  room_peer_expect_close (peer, 1012);
  room_peer_free (peer);
  wait_until (done);
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
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
  g_test_add_func ("/duologue-server/inherited", test_inherited);
  g_test_add_func ("/duologue-server/arguments", test_arguments);

  return g_test_run ();
}
