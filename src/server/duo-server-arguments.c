/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-arguments.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

/* What the command line says is kept until the file has been read, as it comes after the file. */
typedef struct {
  GPtrArray *names;
  GPtrArray *values;
  char *file;
} Chosen;

static const struct {
  const char *name;
  char letter;
} letters[] = {
  { "listen", 'l' },
  { "port", 'p' },
};

static char
find_letter (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    if (g_str_equal (letters[i].name, name))
      return letters[i].letter;
  }

  return 0;
}

static const char *
find_name (const char *option)
{
  if (g_str_has_prefix (option, "--"))
    return option + 2;

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++) {
    if (option[1] == letters[i].letter)
      return letters[i].name;
  }

  return option;
}

static gboolean
option_cb (const char *option, const char *value, gpointer data, GError **error)
{
  Chosen *chosen = data;

  g_ptr_array_add (chosen->names, g_strdup (find_name (option)));
  g_ptr_array_add (chosen->values, g_strdup (value));

  return TRUE;
}

static GArray *
make_entries (Chosen *chosen, gboolean *version)
{
  GArray *entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry config = {
    "config",   'c', 0, G_OPTION_ARG_FILENAME, &chosen->file, N_ ("File with these options"),
    N_ ("FILE")
  };
  const GOptionEntry last = { "version", 0, 0, G_OPTION_ARG_NONE, version, N_ ("Print the version"),
                              NULL };
  const DuoServerOption *option;

  g_array_append_val (entries, config);
  for (guint i = 0; (option = duo_server_config_get_option (i)) != NULL; i++) {
    const GOptionEntry entry = { option->name,          find_letter (option->name), 0,
                                 G_OPTION_ARG_CALLBACK, (gpointer) option_cb,       option->help,
                                 option->argument };

    g_array_append_val (entries, entry);
  }
  g_array_append_val (entries, last);

  return entries;
}

static gboolean
read_command_line (int *argc, char ***argv, Chosen *chosen, gboolean *version, GError **error)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GArray) entries = make_entries (chosen, version);
  GOptionGroup *group;

  context = g_option_context_new (_ ("– introduce the two ends of a Duologue call"));
  group = g_option_group_new ("server", "", "", chosen, NULL);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_option_group_add_entries (group, (const GOptionEntry *) (gconstpointer) entries->data);
  g_option_context_set_main_group (context, group);

  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc == 1)
    return TRUE;

  g_set_error (error,
               DUO_SERVER_CONFIG_ERROR,
               DUO_SERVER_CONFIG_ERROR_UNKNOWN,
               _ ("“%s” is no option; see --help"),
               (*argv)[1]);

  return FALSE;
}

static gboolean
load_file (DuoServerConfig *config, const char *file, GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, error))
    return FALSE;
  if (duo_server_config_load (config, text, length, error))
    return TRUE;

  g_prefix_error (error, "%s: ", file);

  return FALSE;
}

static gboolean
choose (DuoServerConfig *config, Chosen *chosen, GError **error)
{
  if (chosen->file != NULL && !load_file (config, chosen->file, error))
    return FALSE;

  for (guint i = 0; i < chosen->names->len; i++) {
    if (!duo_server_config_set (config,
                                g_ptr_array_index (chosen->names, i),
                                g_ptr_array_index (chosen->values, i),
                                error))
      return FALSE;
  }

  return duo_server_config_check (config, error);
}

/**
 * duo_server_arguments_parse:
 * @argc: (inout): the number of arguments
 * @argv: (inout) (array length=argc): the arguments
 * @defaults: (transfer full): what counts where nothing is said
 * @error: return location for an error
 *
 * Reads the command line and the file that it names; where both say something, the command line
 * counts, and lists are joined. `--help` prints the options and exits.
 *
 * Returns: (transfer full) (nullable): what they say, or %NULL if something is not understood
 */
DuoServerArguments *
duo_server_arguments_parse (int *argc, char ***argv, DuoServerConfig *defaults, GError **error)
{
  g_autoptr (DuoServerArguments) self = g_new0 (DuoServerArguments, 1);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);
  Chosen chosen = { names, values, NULL };
  gboolean fine;

  self->config = defaults;
  fine = read_command_line (argc, argv, &chosen, &self->version, error) &&
         choose (self->config, &chosen, error);
  g_free (chosen.file);

  return fine ? g_steal_pointer (&self) : NULL;
}

/**
 * duo_server_arguments_free:
 * @self: (transfer full): arguments
 *
 * Frees the arguments.
 */
void
duo_server_arguments_free (DuoServerArguments *self)
{
  g_clear_pointer (&self->config, duo_server_config_free);
  g_free (self);
}
