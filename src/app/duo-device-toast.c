/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-device-toast.h"

#include "duo-device-choice.h"
#include "duo-problem-text.h"

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

/**
 * duo_device_toast_new_for_problem:
 * @graph: the devices in use
 * @property: the property of @graph that tells of a problem, such as `camera-problem`
 *
 * Returns: (transfer full) (nullable): a toast that tells what is wrong, or %NULL if nothing is
 */
AdwToast *
duo_device_toast_new_for_problem (DuoMediaGraph *graph, const char *property)
{
  DuoDeviceKind kind =
    g_str_equal (property, "camera-problem") ? DUO_DEVICE_CAMERA : DUO_DEVICE_MICROPHONE;
  DuoMediaProblem problem = DUO_MEDIA_PROBLEM_NONE;

  g_object_get (graph, property, &problem, NULL);
  return problem != DUO_MEDIA_PROBLEM_NONE
           ? adw_toast_new (duo_problem_text_get_title (kind, problem))
           : NULL;
}
