/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-cli.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "duo-protocol-error.h"
#include "duo-token-store.h"

/* A link is shorter. */
#define MAX_LINE 4096

/**
 * duo_cli_complain:
 * @format: one sentence
 * @...: its arguments
 *
 * Prints what is wrong, in one line.
 */
void
duo_cli_complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("duologue-cli: %s\n", text);
}

/**
 * duo_cli_dup_server:
 * @option: (nullable): what the command line says
 *
 * Gives the server for new calls and bare codes: the option's, or that of the app's preferences.
 *
 * Returns: (transfer full) (nullable): `http[s]://HOST[:PORT]`, or %NULL if none is set
 */
char *
duo_cli_dup_server (const char *option)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autofree char *server = NULL;

  if (option != NULL)
    return g_strdup (option);

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);
  if (schema == NULL)
    return NULL;

  settings = g_settings_new (APP_ID);
  server = g_settings_get_string (settings, "server");

  return *server != '\0' ? g_steal_pointer (&server) : NULL;
}

/* Byte by byte, so that the lines after it are there for whoever reads on. */
static char *
read_line (void)
{
  g_autoptr (GInputStream) input = g_unix_input_stream_new (STDIN_FILENO, FALSE);
  g_autoptr (GString) line = g_string_new (NULL);
  char byte = '\0';

  while (byte != '\n' && line->len < MAX_LINE &&
         g_input_stream_read (input, &byte, 1, NULL, NULL) == 1)
    g_string_append_c (line, byte);

  return line->len > 0 && g_utf8_validate (line->str, (gssize) line->len, NULL)
           ? g_strdup (line->str)
           : NULL;
}

/**
 * duo_cli_read_link:
 * @argument: a link, a code, or `-` for a line of standard input
 * @server: (nullable): the server of bare codes
 *
 * Reads a link, and complains about one that makes no sense.
 *
 * Returns: (transfer full) (nullable): the link
 */
DuoJoinLink *
duo_cli_read_link (const char *argument, const char *server)
{
  g_autofree char *line = NULL;
  g_autoptr (GError) error = NULL;
  DuoJoinLink *link;

  line = strcmp (argument, "-") == 0 ? read_line () : g_strdup (argument);
  if (line == NULL) {
    duo_cli_complain (_ ("No link on standard input"));
    return NULL;
  }

  link = duo_join_link_parse (g_strstrip (line), server, &error);
  if (link == NULL &&
      g_error_matches (error, DUO_PROTOCOL_ERROR, DUO_PROTOCOL_ERROR_CODE_NEEDS_SERVER))
    duo_cli_complain (
      _ ("A code alone needs a server; give the whole link, or name the server with --server"));
  else if (link == NULL)
    duo_cli_complain ("%s", error->message);

  return link;
}

/**
 * duo_cli_keep_token:
 * @link: a link
 * @file: (nullable): a file with an access token
 *
 * Keeps the token for the server of the link, where joining will find it.
 *
 * Returns: whether that went well, or there was nothing to do; if not, that has been told
 */
gboolean
duo_cli_keep_token (DuoJoinLink *link, const char *file)
{
  g_autofree char *token = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL)
    return TRUE;

  if (g_file_get_contents (file, &token, NULL, &error) &&
      duo_token_store_save (NULL, duo_join_link_get_server (link), g_strstrip (token), &error))
    return TRUE;

  duo_cli_complain ("%s", error->message);

  return FALSE;
}
