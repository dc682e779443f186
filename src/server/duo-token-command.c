/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-token-command.h"

#include "duo-server-secret.h"
#include "duo-text.h"
#include "duo-token.h"

#include <glib/gi18n.h>
#include <stdlib.h>

#define EXIT_USAGE 2
#define DEFAULT_DAYS 30
#define MAX_DAYS 3650
#define SECONDS_A_DAY (24 * 60 * 60)

typedef struct {
  char *name;
  char *file;
  int days;
  gboolean announce;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->name);
  g_free (options->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static int
print_token (const Options *options)
{
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  DuoTokenScope scope = options->announce ? DUO_TOKEN_ANNOUNCE : DUO_TOKEN_START;
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = duo_server_secret_load (options->file, DUO_TOKEN_SECRET_MIN, &error);
  g_autofree char *token = NULL;

  if (secret == NULL) {
    g_printerr ("duologue-server: %s\n", error->message);
    return EXIT_FAILURE;
  }

  token =
    duo_token_make (secret, scope, options->name, now + (gint64) options->days * SECONDS_A_DAY);
  g_print ("%s\n", token);

  return EXIT_SUCCESS;
}

/**
 * duo_token_command_run:
 * @argc: the number of arguments
 * @argv: `token` and what follows
 *
 * Prints a token that starts rooms, or one for announcements.
 *
 * Returns: an exit status
 */
int
duo_token_command_run (int argc, char **argv)
{
  g_auto (Options) options = { .days = DEFAULT_DAYS };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("– make an access token"));
  g_autoptr (GError) error = NULL;
  const GOptionEntry entries[] = {
    { "for", 0, 0, G_OPTION_ARG_STRING, &options.name, N_ ("Whom the token is for"), N_ ("NAME") },
    { "days", 0, 0, G_OPTION_ARG_INT, &options.days, N_ ("How long it is good (30)"), N_ ("N") },
    { "announce",
      0,
      0,
      G_OPTION_ARG_NONE,
      &options.announce,
      N_ ("A token for announcements, not for starting rooms"),
      NULL },
    { "access-secret-file",
      0,
      0,
      G_OPTION_ARG_FILENAME,
      &options.file,
      N_ ("Secret for tokens, which starting a room then needs"),
      N_ ("FILE") },
    G_OPTION_ENTRY_NULL,
  };

  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, &error)) {
    g_printerr ("duologue-server: %s\n", error->message);
    return EXIT_USAGE;
  }
  if (argc != 1 || options.file == NULL || options.name == NULL || options.days < 1 ||
      options.days > MAX_DAYS || !duo_text_is_plain (options.name, DUO_NAME_MAX_CHARS)) {
    g_printerr ("%s", _ ("duologue-server: wrong arguments; see “duologue-server token --help”\n"));
    return EXIT_USAGE;
  }

  return print_token (&options);
}
