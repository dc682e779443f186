/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-server"

#include "config.h"

#include "duo-room-server.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>

#define DEFAULT_PORT 8080
#define GOODBYE_TIMEOUT 1000 /* ms */
#define GOODBYE_INTERVAL 20  /* ms */

#define EXIT_USAGE 2

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

static int
serve (const char *address, guint16 port)
{
  g_autoptr (DuoRoomServer) server = duo_room_server_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  Run run = { .server = server, .loop = loop };
  gboolean listening;

  /* There is no TLS here: whoever wants to be reached from elsewhere says so. */
  if (address == NULL)
    listening = duo_room_server_listen (server, TRUE, port, &error);
  else
    listening = duo_room_server_listen_address (server, address, port, &error);

  if (!listening) {
    g_printerr ("duologue-server: %s\n", error->message);
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT) ? EXIT_USAGE
                                                                            : EXIT_FAILURE;
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
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  gboolean version = FALSE;
  int port = DEFAULT_PORT;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, N_ ("Port, 0 for any (8080)"), N_ ("PORT") },
    { "listen",
      'l',
      0,
      G_OPTION_ARG_STRING,
      &address,
      N_ ("Address to listen on, 0.0.0.0 or :: for all (this computer only)"),
      N_ ("ADDRESS") },
    { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Print the version"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  context = g_option_context_new (_ ("– introduce the two ends of a Duologue call"));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);

  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("duologue-server: %s\n", error->message);
    return EXIT_USAGE;
  }

  if (version) {
    g_print ("duologue-server %s\n", PACKAGE_VERSION);
    return EXIT_SUCCESS;
  }

  if (argc > 1 || port < 0 || port > G_MAXUINT16) {
    g_printerr ("%s", _ ("duologue-server: wrong arguments; see --help\n"));
    return EXIT_USAGE;
  }

  return serve (address, (guint16) port);
}
