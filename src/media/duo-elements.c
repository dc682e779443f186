/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-elements.h"

#include "duo-media-error.h"

#include <gst/app/app.h>

/**
 * duo_elements_make:
 * @factory: name of the element's factory
 * @name: name to give to the element
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN; left alone where an error is set
 *   already, so that a row of elements reports the first that is missing
 *
 * Returns: (transfer floating) (nullable): an element
 */
GstElement *
duo_elements_make (const char *factory, const char *name, GError **error)
{
  GstElement *element = gst_element_factory_make (factory, name);

  if (element == NULL && error != NULL && *error == NULL)
    g_set_error (error,
                 DUO_MEDIA_ERROR,
                 DUO_MEDIA_ERROR_MISSING_PLUGIN,
                 "The GStreamer element “%s” is not installed",
                 factory);
  return element;
}

/**
 * duo_elements_make_appsrc:
 * @name: name to give to the element
 * @max_time: how much it holds, in nanoseconds
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Makes the entrance of a pipeline that another one feeds. It never makes the one that feeds it
 * wait: what is too much pushes out what is oldest. Timestamps come with the buffers.
 *
 * Returns: (transfer floating) (nullable): a GstAppSrc
 */
GstElement *
duo_elements_make_appsrc (const char *name, GstClockTime max_time, GError **error)
{
  GstElement *element = duo_elements_make ("appsrc", name, error);

  if (element == NULL)
    return NULL;
  g_object_set (element,
                "is-live",
                TRUE,
                "format",
                GST_FORMAT_TIME,
                "max-time",
                max_time,
                "max-bytes",
                G_GUINT64_CONSTANT (0),
                "max-buffers",
                G_GUINT64_CONSTANT (0),
                "leaky-type",
                GST_APP_LEAKY_TYPE_DOWNSTREAM,
                NULL);
  return element;
}

/**
 * duo_elements_make_appsink:
 * @name: name to give to the element
 * @error: return location for a %DUO_MEDIA_ERROR_MISSING_PLUGIN
 *
 * Makes the exit of a capture pipeline: samples leave it as they come, and none is kept, since it
 * may be one of the few buffers that a camera has. It waits for no preroll, after which live
 * pipelines at times stay paused.
 *
 * Returns: (transfer floating) (nullable): a GstAppSink
 */
GstElement *
duo_elements_make_appsink (const char *name, GError **error)
{
  GstElement *element = duo_elements_make ("appsink", name, error);

  if (element == NULL)
    return NULL;
  g_object_set (element,
                "sync",
                FALSE,
                "qos",
                FALSE,
                "async",
                FALSE,
                "max-buffers",
                2,
                "drop",
                TRUE,
                "enable-last-sample",
                FALSE,
                NULL);
  return element;
}

/**
 * duo_elements_make_caps_filter:
 * @name: name to give to the element
 * @caps: what to let through
 *
 * Returns: (transfer floating): a filter
 */
GstElement *
duo_elements_make_caps_filter (const char *name, GstCaps *caps)
{
  return gst_element_factory_make_full ("capsfilter", "name", name, "caps", caps, NULL);
}

/**
 * duo_elements_add_chain:
 * @bin: where they go
 * @chain: (array length=length) (element-type GstElement): elements in the order of flow, floating;
 *   %NULL for those that could not be made
 * @length: how many
 *
 * Adds the elements and links each to the next. Where one is %NULL all the others are freed.
 *
 * Returns: whether they are in the bin
 */
gboolean
duo_elements_add_chain (GstBin *bin, GstElement **chain, gsize length)
{
  gboolean complete = TRUE;

  for (gsize i = 0; i < length; i++)
    complete = complete && chain[i] != NULL;
  if (!complete) {
    for (gsize i = 0; i < length; i++) {
      if (chain[i] != NULL)
        g_object_unref (g_object_ref_sink (chain[i]));
    }
    return FALSE;
  }

  for (gsize i = 0; i < length; i++)
    gst_bin_add (bin, chain[i]);
  for (gsize i = 1; i < length; i++) {
    if (!gst_element_link (chain[i - 1], chain[i]))
      g_error ("%s does not link to %s",
               GST_OBJECT_NAME (chain[i - 1]),
               GST_OBJECT_NAME (chain[i]));
  }
  return TRUE;
}

/**
 * duo_elements_add_ghost_pad:
 * @bin: a bin
 * @child: one of its elements
 * @pad_name: name of a pad of @child, and of the ghost pad
 *
 * Lets a child's pad be linked from outside.
 */
void
duo_elements_add_ghost_pad (GstBin *bin, GstElement *child, const char *pad_name)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (child, pad_name);

  g_return_if_fail (pad != NULL);
  gst_element_add_pad (GST_ELEMENT (bin), gst_ghost_pad_new (pad_name, pad));
}

/**
 * duo_elements_make_source_bin:
 * @name: name to give to the bin
 * @chain: (array length=length) (element-type GstElement): as for duo_elements_add_chain()
 * @length: how many
 *
 * Returns: (transfer floating) (nullable): a bin around the chain with its last pad "src", or %NULL
 *   where an element is missing
 */
GstElement *
duo_elements_make_source_bin (const char *name, GstElement **chain, gsize length)
{
  GstElement *bin = gst_bin_new (name);

  if (!duo_elements_add_chain (GST_BIN (bin), chain, length)) {
    g_object_unref (g_object_ref_sink (bin));
    return NULL;
  }
  duo_elements_add_ghost_pad (GST_BIN (bin), chain[length - 1], "src");
  return bin;
}

/**
 * duo_elements_keep_buffers_alive:
 * @source: a source of pictures
 *
 * Makes its buffers last as long as they are used. PipeWire takes back the memory of those it gave
 * as soon as its camera is closed or gone, while an encoder still reads it; a copy costs a fifth of
 * a millisecond. As each goes back at once, four of them do in place of sixteen.
 */
void
duo_elements_keep_buffers_alive (GstElement *source)
{
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (source), "always-copy") != NULL)
    g_object_set (source, "always-copy", TRUE, "min-buffers", 2, "max-buffers", 4, NULL);
}

/**
 * duo_elements_dup_voice_caps:
 *
 * Returns: (transfer full): the one format of sound between pipelines: S16LE, 48 kHz, mono, which
 * is all that webrtcdsp takes
 */
GstCaps *
duo_elements_dup_voice_caps (void)
{
  return gst_caps_from_string ("audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=1");
}
