/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-server.h"
#include "duo-server-arguments.h"
#include "duo-token-command.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define DEFAULT_PORT 8080
#define GOODBYE_TIMEOUT 1000 /* ms */
#define GOODBYE_INTERVAL 20  /* ms */

#define EXIT_USAGE 2

#define FIRST_INHERITED 3
#define INHERITED_MAX 16

typedef struct {
  DuoRoomServer *server;
  GMainLoop *loop;
  gint64 deadline;
} Run;

/* Everybody has been told; the loop runs on until their sockets are closed or time is up. */
static gboolean
wait_for_goodbyes_cb (gpointer user_data)
{
  Run *run = user_data;

  if (duo_room_server_get_connections (run->server) > 0 && g_get_monotonic_time () < run->deadline)
    return G_SOURCE_CONTINUE;

  g_main_loop_quit (run->loop);

  return G_SOURCE_REMOVE;
}

static gboolean
stop_cb (gpointer user_data)
{
  Run *run = user_data;

  /* The second signal does not wait. */
  if (run->deadline != 0) {
    g_main_loop_quit (run->loop);
    return G_SOURCE_CONTINUE;
  }

  run->deadline = g_get_monotonic_time () + GOODBYE_TIMEOUT * 1000;
  duo_room_server_stop (run->server);
  g_timeout_add (GOODBYE_INTERVAL, wait_for_goodbyes_cb, run);

  return G_SOURCE_CONTINUE;
}

/* How many sockets systemd has opened for this process; see sd_listen_fds(3). */
static guint
count_inherited (void)
{
  const char *pid = g_getenv ("LISTEN_PID");
  const char *count = g_getenv ("LISTEN_FDS");
  guint64 number = 0;

  if (pid == NULL || count == NULL ||
      !g_ascii_string_to_unsigned (pid, 10, 1, G_MAXINT, &number, NULL) ||
      number != (guint64) getpid () ||
      !g_ascii_string_to_unsigned (count, 10, 1, INHERITED_MAX, &number, NULL))
    return 0;

  return (guint) number;
}

static gboolean
listen_as_configured (DuoRoomServer *server, GError **error)
{
  const DuoServerConfig *config = duo_room_server_get_config (server);
  guint inherited = count_inherited ();

  if (inherited > 0)
    return duo_room_server_listen_inherited (server, FIRST_INHERITED, inherited, error);

  if (config->listen != NULL)
    return duo_room_server_listen_address (server, config->listen, (guint16) config->port, error);

  /* Without TLS, whoever wants to be reached from elsewhere says so. */
  return duo_room_server_listen (server,
                                 config->tls_certificate == NULL,
                                 (guint16) config->port,
                                 error);
}

static int
serve (DuoServerConfig *config)
{
  g_autoptr (DuoRoomServer) server = duo_room_server_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Run run = { .server = server, .loop = loop };

  duo_room_server_set_config (server, config);
  if (!listen_as_configured (server, &error)) {
    g_printerr ("duologue-server: %s\n", error->message);
    return EXIT_FAILURE;
  }

  g_unix_signal_add (SIGINT, stop_cb, &run);
  g_unix_signal_add (SIGTERM, stop_cb, &run);
  g_print (_ ("Listening on port %u\n"), duo_room_server_get_port (server));
  g_main_loop_run (loop);

  return EXIT_SUCCESS;
}

int
main (int argc, char *argv[])
{
  g_autoptr (DuoServerArguments) arguments = NULL;
  g_autoptr (GError) error = NULL;
  DuoServerConfig *defaults;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc > 1 && g_str_equal (argv[1], "token"))
    return duo_token_command_run (argc - 1, argv + 1);

  defaults = duo_server_config_new ();
  defaults->port = DEFAULT_PORT;
  defaults->stun_port = DUO_SERVER_STUN_SAME;
  arguments = duo_server_arguments_parse (&argc, &argv, defaults, &error);
  if (arguments == NULL) {
    g_printerr ("duologue-server: %s\n", error->message);
    return EXIT_USAGE;
  }

  if (arguments->version) {
    g_print ("duologue-server %s\n", PACKAGE_VERSION);
    return EXIT_SUCCESS;
  }

  return serve (g_steal_pointer (&arguments->config));
}
