/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-command-line.h"

#include "duo-link-text.h"
#include "duo-server-address.h"
#include "duo-text.h"

#include <glib/gi18n.h>

/* For g_application_add_main_option_entries(), which hands what it finds on in a dictionary. */
const GOptionEntry duo_command_line_entries[] = {
  { "new", 'n', 0, G_OPTION_ARG_NONE, NULL, N_ ("Make a call"), NULL },
  { "copy-link",
    0,
    0,
    G_OPTION_ARG_NONE,
    NULL,
    N_ ("Print and copy the link of the new call"),
    NULL },
  { "join", 'j', 0, G_OPTION_ARG_NONE, NULL, N_ ("Join without the preview"), NULL },
  { "name",
    0,
    0,
    G_OPTION_ARG_STRING,
    NULL,
    N_ ("Your name in this call, or in this run of the program"),
    N_ ("NAME") },
  { "no-camera", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Begin with the camera off"), NULL },
  { "no-microphone", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Begin with the microphone off"), NULL },
  { "server", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Server for a new call or a code"), N_ ("URL") },
  { "test-media",
    0,
    0,
    G_OPTION_ARG_NONE,
    NULL,
    N_ ("Test picture and tone instead of devices"),
    NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and exit"), NULL },
  { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, N_ ("[LINK]") },
  { NULL },
};

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static gboolean
has (GVariantDict *options, const char *name)
{
  return g_variant_dict_contains (options, name);
}

static void
take_name (DuoCommandLine *self, GVariantDict *options)
{
  const char *name = NULL;

  if (g_variant_dict_lookup (options, "name", "&s", &name))
    self->name = duo_text_to_plain (name, DUO_NAME_MAX_CHARS);
}

static gboolean
take_server (DuoCommandLine *self, GVariantDict *options, GError **error)
{
  const char *server = NULL;

  if (!g_variant_dict_lookup (options, "server", "&s", &server))
    return TRUE;
  self->server = duo_server_address_normalize (server, NULL);
  if (self->server == NULL)
    return refuse (error, _ ("The server has to be an address such as https://calls.example.org."));
  return TRUE;
}

static gboolean
take_link (DuoCommandLine *self, GVariantDict *options, const char *default_server, GError **error)
{
  g_autofree const char **links = NULL;
  g_autoptr (GError) problem = NULL;

  if (!g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &links) || links[0] == NULL)
    return TRUE;
  if (links[1] != NULL)
    return refuse (error, _ ("Only one call at a time: give one link."));
  if (self->new_call)
    return refuse (error, _ ("Either make a call with --new or give the link of one."));

  self->link =
    duo_join_link_parse (links[0], self->server != NULL ? self->server : default_server, &problem);
  if (self->link == NULL)
    return refuse (error, duo_link_text_get_problem (problem));
  return TRUE;
}

/**
 * duo_command_line_parse:
 * @options: the options that were given, by the names of #duo_command_line_entries
 * @default_server: (nullable): the server of the preferences, for a code alone
 * @error: return location for an error whose message is a sentence for people
 *
 * Makes sense of the options.
 *
 * Returns: (transfer full) (nullable): what is asked for
 */
DuoCommandLine *
duo_command_line_parse (GVariantDict *options, const char *default_server, GError **error)
{
  g_autoptr (DuoCommandLine) self = g_new0 (DuoCommandLine, 1);

  self->new_call = has (options, "new");
  self->copy_link = has (options, "copy-link");
  self->join = has (options, "join");
  self->camera = !has (options, "no-camera");
  self->microphone = !has (options, "no-microphone");
  self->test_media = has (options, "test-media");
  take_name (self, options);
  if (!take_server (self, options, error) || !take_link (self, options, default_server, error))
    return NULL;
  if (self->copy_link && !self->new_call) {
    refuse (error, _ ("--copy-link needs --new, which makes the call."));
    return NULL;
  }
  if (self->join && !self->new_call && self->link == NULL) {
    refuse (error, _ ("--join needs the link of a call, or --new."));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * duo_command_line_free:
 * @self: (transfer full) (nullable): what was asked for
 */
void
duo_command_line_free (DuoCommandLine *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->link, duo_join_link_unref);
  g_free (self);
}
