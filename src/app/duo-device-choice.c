/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-device-choice.h"

/* More than anybody owns; keeps the list from growing with every meeting room. */
#define MAX_REMEMBERED 8

/**
 * duo_device_choice_get_key:
 * @kind: the kind of device
 *
 * Returns: (transfer none): the key of the settings under which choices of the kind are kept
 */
const char *
duo_device_choice_get_key (DuoDeviceKind kind)
{
  switch (kind) {
  case DUO_DEVICE_MICROPHONE:
    return "microphones";
  case DUO_DEVICE_SPEAKER:
    return "speakers";
  case DUO_DEVICE_CAMERA:
  default:
    return "cameras";
  }
}

/**
 * duo_device_choice_is_there:
 * @devices: a list of #DuoDevice
 * @id: an id
 *
 * Returns: whether a device with the id is in the list
 */
gboolean
duo_device_choice_is_there (GListModel *devices, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (devices); i++) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (devices, i);

    if (g_str_equal (duo_device_get_id (device), id))
      return TRUE;
  }
  return FALSE;
}

/**
 * duo_device_choice_find:
 * @settings: what was chosen before
 * @kind: the kind of device
 * @devices: the devices of the kind that are there
 *
 * Finds the device to use: of those that were chosen before, the latest that is there. If none is,
 * it is the latest all the same, as it may come yet.
 *
 * Returns: (transfer full) (nullable): its id, %NULL if nothing was ever chosen
 */
char *
duo_device_choice_find (GSettings *settings, DuoDeviceKind kind, GListModel *devices)
{
  g_auto (GStrv) ids = g_settings_get_strv (settings, duo_device_choice_get_key (kind));

  for (guint i = 0; ids[i] != NULL; i++) {
    if (duo_device_choice_is_there (devices, ids[i]))
      return g_strdup (ids[i]);
  }
  return g_strdup (ids[0]);
}

/**
 * duo_device_choice_remember:
 * @settings: where it is kept
 * @device: what was chosen
 *
 * Remembers a choice, before all earlier ones.
 */
void
duo_device_choice_remember (GSettings *settings, DuoDevice *device)
{
  const char *key = duo_device_choice_get_key (duo_device_get_kind (device));
  const char *id = duo_device_get_id (device);
  g_auto (GStrv) old = g_settings_get_strv (settings, key);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;
  guint n_ids = 1;

  g_strv_builder_add (builder, id);
  for (guint i = 0; old[i] != NULL && n_ids < MAX_REMEMBERED; i++) {
    if (g_str_equal (old[i], id))
      continue;
    g_strv_builder_add (builder, old[i]);
    n_ids++;
  }
  ids = g_strv_builder_end (builder);
  g_settings_set_strv (settings, key, (const char *const *) ids);
}
