/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-cli.h"

#include <glib/gi18n.h>

/**
 * duo_cli_new:
 * @argc: number of arguments
 * @argv: `new` and what follows
 *
 * Prints a fresh link.
 *
 * Returns: an exit status
 */
int
duo_cli_new (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("– print a fresh link"));
  g_autoptr (DuoJoinLink) link = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *option = NULL;
  g_autofree char *server = NULL;
  g_autofree char *text = NULL;
  const GOptionEntry entries[] = {
    { "server", 0, 0, G_OPTION_ARG_STRING, &option, N_ ("The room server"), N_ ("URL") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    duo_cli_complain ("%s", error->message);
    return DUO_CLI_USAGE;
  }
  if (argc > 1) {
    duo_cli_complain (_ ("“new” takes no arguments"));
    return DUO_CLI_USAGE;
  }

  server = duo_cli_dup_server (option);
  if (server == NULL) {
    duo_cli_complain (_ ("No server is set; name one with --server"));
    return DUO_CLI_USAGE;
  }

  link = duo_join_link_new (server, &error);
  if (link == NULL) {
    duo_cli_complain ("%s", error->message);
    return DUO_CLI_USAGE;
  }

  text = duo_join_link_to_string (link);
  g_print ("%s\n", text);

  return DUO_CLI_OK;
}
