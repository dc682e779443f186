/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-device-toast.h"

#include "duo-device-choice.h"

#include <glib/gi18n.h>

static void
on_undo (DuoCallController *controller, AdwToast *toast)
{
  duo_call_controller_prefer (controller, g_object_get_data (G_OBJECT (toast), "device"));
}

/**
 * duo_device_toast_new:
 * @controller: the call
 * @from: (nullable): the device that was in use
 * @to: the device that is in use now
 *
 * Tells that another device is in use, which nobody asked for. It can be undone if the former
 * device is still there.
 *
 * Returns: (transfer full): the toast
 */
AdwToast *
duo_device_toast_new (DuoCallController *controller, DuoDevice *from, DuoDevice *to)
{
  DuoDeviceMonitor *monitor = duo_call_controller_get_monitor (controller);
  g_autofree char *label = g_markup_escape_text (duo_device_get_label (to), -1);
  /* Translators: %s is the name of a camera, microphone or speaker. */
  g_autofree char *title = g_strdup_printf (_ ("Now using %s"), label);
  AdwToast *toast = adw_toast_new (title);

  if (from != NULL && monitor != NULL &&
      duo_device_choice_is_there (duo_device_monitor_get_devices (monitor,
                                                                  duo_device_get_kind (from)),
                                  duo_device_get_id (from))) {
    adw_toast_set_button_label (toast, _ ("Undo"));
    g_object_set_data_full (G_OBJECT (toast), "device", g_object_ref (from), g_object_unref);
    g_signal_connect_object (toast,
                             "button-clicked",
                             G_CALLBACK (on_undo),
                             controller,
                             G_CONNECT_SWAPPED);
  }
  return toast;
}
