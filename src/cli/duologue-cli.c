/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "duo-cli.h"
#include "duo-peer-factory.h"

static const struct {
  const char *name;
  int (*run) (int argc, char **argv);
  const char *help;
} commands[] = {
  { "new", duo_cli_new, N_ ("Print a fresh link") },
  { "join", duo_cli_join, N_ ("Join a call") },
  { "doctor", duo_cli_doctor, N_ ("Look at what a call needs, and tell how to mend the rest") },
};

static void
print_help (void)
{
  g_print ("%s\n  duologue-cli %s\n\n%s\n", _ ("Usage:"), _ ("COMMAND [OPTION…]"), _ ("Commands:"));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-8s %s\n", commands[i].name, _ (commands[i].help));
  g_print ("\n%s\n", _ ("“duologue-cli COMMAND --help” tells more. --version prints the version."));
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("duologue-cli");

  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)) {
    print_help ();
    return DUO_CLI_OK;
  }
  if (argc > 1 && strcmp (argv[1], "--version") == 0) {
    g_print ("duologue-cli %s\n", PACKAGE_VERSION);
    return DUO_CLI_OK;
  }

  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++) {
    if (strcmp (argv[1], commands[i].name) == 0) {
      int status = commands[i].run (argc - 1, argv + 1);

      duo_peer_factory_settle ();

      return status;
    }
  }

  duo_cli_complain (_ ("Which command? See “duologue-cli --help”"));

  return DUO_CLI_USAGE;
}
