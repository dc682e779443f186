/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-render"

#include "config.h"

#include "duo-video-sink.h"

#include "duo-picture-maker.h"

/* Cheapest to convert first: decoders give I420. */
#define FORMATS                                                                                    \
  "{ I420, YV12, NV12, NV21, YUY2, UYVY, Y42B, Y444, BGRx, RGBx, xRGB, xBGR, BGRA, RGBA, ARGB, "   \
  "ABGR, RGB, BGR, GRAY8 }"

struct _DuoVideoSink {
  GstVideoSink parent_instance;

  /* Owned */
  DuoFrameSlot *slot;
  DuoPictureMaker *maker;

  DuoRenderMode mode;
  guint writer;
  GstVideoOrientationMethod orientation;
};

G_DEFINE_FINAL_TYPE (DuoVideoSink, duo_video_sink, GST_TYPE_VIDEO_SINK)

static GstStaticPadTemplate sink_template =
  GST_STATIC_PAD_TEMPLATE ("sink",
                           GST_PAD_SINK,
                           GST_PAD_ALWAYS,
                           GST_STATIC_CAPS (GST_VIDEO_CAPS_MAKE (FORMATS)));

static gboolean
duo_video_sink_set_info (GstVideoSink *sink, GstCaps *caps, const GstVideoInfo *info)
{
  DuoVideoSink *self = DUO_VIDEO_SINK (sink);

  g_clear_pointer (&self->maker, duo_picture_maker_free);
  self->maker = duo_picture_maker_new (info, self->mode);
  return TRUE;
}

static GstFlowReturn
duo_video_sink_show_frame (GstVideoSink *sink, GstBuffer *buffer)
{
  DuoVideoSink *self = DUO_VIDEO_SINK (sink);
  DuoVideoPicture *picture;
  int width;
  int height;

  if (!duo_frame_slot_wants (self->slot, self->writer, &width, &height))
    return GST_FLOW_OK;

  if (self->maker == NULL)
    return GST_FLOW_NOT_NEGOTIATED;

  picture = duo_picture_maker_make (self->maker, buffer, width, height, self->orientation);
  if (picture == NULL) {
    GST_ELEMENT_ERROR (self, STREAM, FORMAT, (NULL), ("Frame is not as announced"));
    return GST_FLOW_ERROR;
  }

  duo_frame_slot_put (self->slot, self->writer, picture);
  return GST_FLOW_OK;
}

static gboolean
duo_video_sink_event (GstBaseSink *sink, GstEvent *event)
{
  DuoVideoSink *self = DUO_VIDEO_SINK (sink);
  GstTagList *tags;

  if (GST_EVENT_TYPE (event) == GST_EVENT_STREAM_START) {
    self->orientation = GST_VIDEO_ORIENTATION_IDENTITY;
  } else if (GST_EVENT_TYPE (event) == GST_EVENT_TAG) {
    gst_event_parse_tag (event, &tags);
    gst_video_orientation_from_tag (tags, &self->orientation);
  }

  return GST_BASE_SINK_CLASS (duo_video_sink_parent_class)->event (sink, event);
}

/* Without the video meta upstream would copy every frame into the default strides. */
static gboolean
duo_video_sink_propose_allocation (GstBaseSink *sink, GstQuery *query)
{
  gst_query_add_allocation_meta (query, GST_VIDEO_META_API_TYPE, NULL);
  return TRUE;
}

static gboolean
duo_video_sink_stop (GstBaseSink *sink)
{
  DuoVideoSink *self = DUO_VIDEO_SINK (sink);

  g_clear_pointer (&self->maker, duo_picture_maker_free);
  return TRUE;
}

static void
duo_video_sink_finalize (GObject *object)
{
  DuoVideoSink *self = DUO_VIDEO_SINK (object);

  g_clear_pointer (&self->maker, duo_picture_maker_free);
  g_clear_pointer (&self->slot, duo_frame_slot_unref);

  G_OBJECT_CLASS (duo_video_sink_parent_class)->finalize (object);
}

static void
duo_video_sink_class_init (DuoVideoSinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSinkClass *base_class = GST_BASE_SINK_CLASS (klass);
  GstVideoSinkClass *video_class = GST_VIDEO_SINK_CLASS (klass);

  object_class->finalize = duo_video_sink_finalize;
  base_class->event = duo_video_sink_event;
  base_class->propose_allocation = duo_video_sink_propose_allocation;
  base_class->stop = duo_video_sink_stop;
  video_class->set_info = duo_video_sink_set_info;
  video_class->show_frame = duo_video_sink_show_frame;

  gst_element_class_add_static_pad_template (element_class, &sink_template);
  gst_element_class_set_static_metadata (element_class,
                                         "Duologue video sink",
                                         "Sink/Video",
                                         "Hands the newest frame to a paintable",
                                         "The Duologue contributors");
}

static void
duo_video_sink_init (DuoVideoSink *self)
{
  self->orientation = GST_VIDEO_ORIENTATION_IDENTITY;
}

/**
 * duo_video_sink_new:
 * @slot: where frames go
 * @mode: how they will be painted
 *
 * A sink that never holds a pipeline back: frames are shown as they come, not when a clock says,
 * and a late one is shown rather than dropped, since in a call the newest is always the best.
 *
 * Returns: (transfer floating): the sink
 */
GstElement *
duo_video_sink_new (DuoFrameSlot *slot, DuoRenderMode mode)
{
  DuoVideoSink *self;

  g_return_val_if_fail (slot != NULL, NULL);

  self = g_object_new (DUO_TYPE_VIDEO_SINK,
                       "enable-last-sample",
                       FALSE,
                       "max-lateness",
                       G_GINT64_CONSTANT (-1),
                       "qos",
                       FALSE,
                       "sync",
                       FALSE,
                       NULL);
  self->slot = duo_frame_slot_ref (slot);
  self->mode = mode;
  self->writer = duo_frame_slot_add_writer (slot);
  return GST_ELEMENT (self);
}
