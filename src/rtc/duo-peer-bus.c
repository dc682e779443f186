/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-bus.h"

#include "duo-rtc-error.h"

typedef struct {
  /* Owned */
  DuoPeerLink *link;
  GstElement *pipeline;

  DuoPeerBusFunc func;
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  duo_peer_link_unref (watch->link);
  gst_object_unref (watch->pipeline);
  g_free (watch);
}

static void
report (Watch *watch, GstMessage *message)
{
  g_autoptr (GObject) target = duo_peer_link_get_target (watch->link);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GError) error = NULL;

  if (target == NULL)
    return;

  gst_message_parse_error (message, &cause, NULL);
  error = g_error_new (DUO_RTC_ERROR,
                       DUO_RTC_ERROR_FAILED,
                       "%s: %s",
                       GST_OBJECT_NAME (message->src),
                       cause->message);
  watch->func (target, error);
}

static gboolean
on_message (GstBus *bus, GstMessage *message, gpointer data)
{
  Watch *watch = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_LATENCY)
    gst_bin_recalculate_latency (GST_BIN (watch->pipeline));
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    report (watch, message);

  return G_SOURCE_CONTINUE;
}

/**
 * duo_peer_bus_watch:
 * @pipeline: a pipeline
 * @link: the way to who cares
 * @func: gets the errors of the pipeline, on the main context of the link's target
 *
 * Watches the bus of a pipeline: spreads new latencies and reports errors.
 *
 * Returns: (transfer full): the source, attached; to be destroyed, as it keeps the pipeline alive
 */
GSource *
duo_peer_bus_watch (GstElement *pipeline, DuoPeerLink *link, DuoPeerBusFunc func)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  GSource *source = gst_bus_create_watch (bus);
  Watch *watch = g_new0 (Watch, 1);

  watch->link = duo_peer_link_ref (link);
  watch->pipeline = gst_object_ref (pipeline);
  watch->func = func;
  g_source_set_callback (source, G_SOURCE_FUNC (on_message), watch, watch_free);
  duo_peer_link_attach (link, source);

  return source;
}
