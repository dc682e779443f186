/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-preview.h"

#include "duo-elements.h"
#include "duo-pipeline.h"

#include <gst/base/base.h>

/**
 * DuoPreview:
 *
 * What people see of themselves: the pictures of a feed, small and half as often, on a sink. Its
 * own pipeline, so that neither a camera that hangs nor a slow window keeps the other waiting.
 */
struct _DuoPreview {
  GObject parent_instance;

  /* Owned */
  DuoPipeline *pipeline;
  DuoFeed *feed;
  GstAppSrc *source;

  /* Borrowed, elements of the pipeline */
  GstElement *rate;
  GstElement *size;
};

G_DEFINE_FINAL_TYPE (DuoPreview, duo_preview, G_TYPE_OBJECT)

static void
duo_preview_dispose (GObject *object)
{
  DuoPreview *self = DUO_PREVIEW (object);

  if (self->source != NULL)
    duo_feed_remove_target (self->feed, self->source);
  gst_clear_object (&self->source);
  g_clear_object (&self->feed);
  g_clear_object (&self->pipeline);

  G_OBJECT_CLASS (duo_preview_parent_class)->dispose (object);
}

static void
duo_preview_class_init (DuoPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_preview_dispose;
}

static void
duo_preview_init (DuoPreview *self)
{
}

/**
 * duo_preview_new:
 * @sink: (transfer floating): a video sink
 * @feed: where the pictures come from
 *
 * Starts at once. The pipeline ends with the object, in a thread of its own.
 *
 * Returns: (transfer full) (nullable): a small preview, or %NULL where a plug-in is missing
 */
DuoPreview *
duo_preview_new (GstElement *sink, DuoFeed *feed)
{
  g_autoptr (DuoPreview) self = g_object_new (DUO_TYPE_PREVIEW, NULL);
  g_autoptr (GstCaps) any = gst_caps_new_empty_simple ("video/x-raw");
  GstElement *chain[] = {
    duo_elements_make_appsrc ("source", 60 * GST_MSECOND, NULL),
    duo_elements_make ("videorate", "rate", NULL),
    duo_elements_make ("videoscale", "scale", NULL),
    duo_elements_make_caps_filter ("size", any),
    duo_elements_make ("videoconvert", "convert", NULL),
    sink,
  };

  self->pipeline = duo_pipeline_new ("preview");
  if (!duo_elements_add_chain (duo_pipeline_get_bin (self->pipeline), chain, G_N_ELEMENTS (chain)))
    return NULL;
  self->source = gst_object_ref (GST_APP_SRC (chain[0]));
  self->rate = chain[1];
  self->size = chain[3];
  g_object_set (self->rate, "drop-only", TRUE, NULL);
  if (GST_IS_BASE_SINK (sink))
    g_object_set (sink, "async", FALSE, NULL);
  duo_preview_set_large (self, FALSE);

  self->feed = g_object_ref (feed);
  duo_feed_add_target (feed, self->source);
  duo_pipeline_play (self->pipeline);
  return g_steal_pointer (&self);
}

/**
 * duo_preview_set_large:
 * @large: %FALSE for a picture in a corner, at most 320 pixels wide and 15 times a second; %TRUE
 * for one that people look at, at most 960 pixels wide
 *
 * Changes the size from the next picture on.
 */
void
duo_preview_set_large (DuoPreview *self, gboolean large)
{
  g_return_if_fail (DUO_IS_PREVIEW (self));

  int most = large ? 960 : 320;
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("video/x-raw",
                                                  "width",
                                                  GST_TYPE_INT_RANGE,
                                                  16,
                                                  most,
                                                  "height",
                                                  GST_TYPE_INT_RANGE,
                                                  16,
                                                  most,
                                                  "pixel-aspect-ratio",
                                                  GST_TYPE_FRACTION,
                                                  1,
                                                  1,
                                                  NULL);

  g_object_set (self->rate, "max-rate", large ? 30 : 15, NULL);
  g_object_set (self->size, "caps", caps, NULL);
}
