/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-server-config.h"

#include <string.h>

#define GROUP "server"

G_DEFINE_QUARK (duo_server_config_error, duo_server_config_error)

/**
 * duo_server_config_new:
 *
 * Makes a configuration in which nothing has been chosen.
 *
 * Returns: (transfer full): the configuration
 */
DuoServerConfig *
duo_server_config_new (void)
{
  DuoServerConfig *self = g_new0 (DuoServerConfig, 1);

  self->limits = duo_server_limits_default;
  self->trusted_proxy = g_ptr_array_new_with_free_func (g_free);
  self->stun = g_ptr_array_new_with_free_func (g_free);
  self->turn = g_ptr_array_new_with_free_func (g_free);
  self->allow_origin = g_ptr_array_new_with_free_func (g_free);

  return self;
}

/**
 * duo_server_config_free:
 * @self: (transfer full): a configuration
 *
 * Frees the configuration.
 */
void
duo_server_config_free (DuoServerConfig *self)
{
  g_free (self->listen);
  g_ptr_array_unref (self->trusted_proxy);
  g_ptr_array_unref (self->stun);
  g_ptr_array_unref (self->turn);
  g_free (self->turn_secret_file);
  g_free (self->access_secret_file);
  g_ptr_array_unref (self->allow_origin);
  g_free (self->tls_certificate);
  g_free (self->tls_key);
  g_free (self);
}

/* The number of the line that sets a key; GKeyFile does not tell. The last one counts there too. */
static guint
find_line (const char *text, const char *key)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gsize length = strlen (key);
  guint found = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    const char *line = g_strchug (lines[i]);

    if (g_str_has_prefix (line, key) && line[length + strspn (line + length, " \t")] == '=')
      found = i + 1;
  }

  return found;
}

static gboolean
load_key (DuoServerConfig *self, GKeyFile *file, const char *key, GError **error)
{
  g_autoptr (GError) fault = NULL;
  g_auto (GStrv) values = NULL;

  /* What is returned together with an error is not what stands there. */
  if (duo_server_config_is_list (key)) {
    values = g_key_file_get_string_list (file, GROUP, key, NULL, &fault);
  } else {
    values = g_new0 (char *, 2);
    values[0] = g_key_file_get_string (file, GROUP, key, &fault);
  }
  if (fault != NULL) {
    g_propagate_error (error, g_steal_pointer (&fault));
    return FALSE;
  }

  for (guint i = 0; values[i] != NULL; i++) {
    if (!duo_server_config_set (self, key, g_strstrip (values[i]), error))
      return FALSE;
  }

  return TRUE;
}

static gboolean
check_groups (GKeyFile *file, GError **error)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  if (g_strv_length (groups) == 1 && g_str_equal (groups[0], GROUP))
    return TRUE;

  g_set_error_literal (error,
                       DUO_SERVER_CONFIG_ERROR,
                       DUO_SERVER_CONFIG_ERROR_SYNTAX,
                       "there is to be one group, [" GROUP "]");

  return FALSE;
}

/**
 * duo_server_config_load:
 * @self: a configuration
 * @text: (array length=length): what a file holds
 * @length: its length in bytes
 * @error: return location for a #DuoServerConfigError, which names the line
 *
 * Chooses everything that a key file says in its group [server].
 *
 * Returns: whether all of it is allowed; if not, some of it has been chosen nevertheless
 */
gboolean
duo_server_config_load (DuoServerConfig *self, const char *text, gsize length, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *copy = NULL;
  g_autoptr (GError) fault = NULL;
  g_auto (GStrv) keys = NULL;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  copy = g_strndup (text, length);
  if (!g_key_file_load_from_data (file, copy, strlen (copy), G_KEY_FILE_NONE, &fault)) {
    g_set_error_literal (error,
                         DUO_SERVER_CONFIG_ERROR,
                         DUO_SERVER_CONFIG_ERROR_SYNTAX,
                         fault->message);
    return FALSE;
  }
  if (!check_groups (file, error))
    return FALSE;

  keys = g_key_file_get_keys (file, GROUP, NULL, NULL);
  for (guint i = 0; keys[i] != NULL; i++) {
    if (load_key (self, file, keys[i], &fault))
      continue;
    g_set_error (error,
                 DUO_SERVER_CONFIG_ERROR,
                 DUO_SERVER_CONFIG_ERROR_VALUE,
                 "line %u: %s",
                 find_line (copy, keys[i]),
                 fault != NULL ? fault->message : keys[i]);
    return FALSE;
  }

  return TRUE;
}

/**
 * duo_server_config_check:
 * @self: a configuration
 * @error: return location for %DUO_SERVER_CONFIG_ERROR_COMBINATION
 *
 * Looks whether what has been chosen goes together.
 *
 * Returns: whether it does
 */
gboolean
duo_server_config_check (const DuoServerConfig *self, GError **error)
{
  const char *fault = NULL;

  g_return_val_if_fail (self != NULL, FALSE);

  if ((self->tls_certificate != NULL) != (self->tls_key != NULL))
    fault = "tls-certificate and tls-key go together";
  else if (self->turn->len > 0 && self->turn_secret_file == NULL)
    fault = "turn needs turn-secret-file";
  else if (self->limits.byte_burst < self->limits.message_size)
    fault = "byte-burst has to be at least message-size";

  if (fault == NULL)
    return TRUE;

  g_set_error_literal (error, DUO_SERVER_CONFIG_ERROR, DUO_SERVER_CONFIG_ERROR_COMBINATION, fault);

  return FALSE;
}
