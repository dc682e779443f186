/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-element.h"

#include "duo-rtc-error.h"

/**
 * duo_element_add:
 * @bin: where to put it
 * @factory: what to make
 * @error: return location for a #GError
 *
 * Returns: (transfer none): a new element in @bin, or %NULL with %DUO_RTC_ERROR_MISSING_PLUGIN
 */
GstElement *
duo_element_add (GstBin *bin, const char *factory, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, NULL);

  if (element == NULL) {
    g_set_error (error,
                 DUO_RTC_ERROR,
                 DUO_RTC_ERROR_MISSING_PLUGIN,
                 "The GStreamer element “%s” is not installed",
                 factory);
    return NULL;
  }
  gst_bin_add (bin, element);

  return element;
}

/**
 * duo_element_ghost:
 * @bin: a bin
 * @child: an element in it
 * @name: the name of one of the pads of @child
 * @error: return location for a #GError
 *
 * Shows a pad of @child as a pad of @bin, under the same name.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_FAILED when there is no such pad
 */
gboolean
duo_element_ghost (GstElement *bin, GstElement *child, const char *name, GError **error)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (child, name);

  if (pad == NULL || !gst_element_add_pad (bin, gst_ghost_pad_new (name, pad))) {
    g_set_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_FAILED, "No pad “%s”", name);
    return FALSE;
  }

  return TRUE;
}
