/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-render"

#include "config.h"

#include "duo-picture-maker.h"

/* Four bytes a pixel in the processor's order: what CAIRO_FORMAT_RGB24 is, and, with the unused
 * byte set, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED. */
#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define SURFACE_FORMAT GST_VIDEO_FORMAT_BGRx
#else
#define SURFACE_FORMAT GST_VIDEO_FORMAT_xRGB
#endif
#define TEXTURE_FORMAT GST_VIDEO_FORMAT_BGRA

struct _DuoPictureMaker {
  /* Owned */
  GstVideoConverter *scaler;
  GstVideoConverter *converter;
  GstBuffer *scratch;
  GstBufferPool *pool;

  GstVideoInfo info;
  GstVideoInfo scaled;
  GstVideoInfo output;
  DuoRenderMode mode;
};

/**
 * duo_picture_maker_choose_size:
 * @info: what comes in
 * @drawn_width: how wide it is being drawn, in pixels of the screen, or 0 if nobody knows yet
 * @drawn_height: how high
 * @columns: (out): the width to convert to
 * @rows: (out): the height to convert to
 *
 * Chooses the size a frame is converted at. A frame scaled down while it still is in its own
 * format has fewer bytes to go through from then on, which pays from half its area downwards.
 * Above that, and to stretch it, pixman and graphics processors are better at it.
 */
void
duo_picture_maker_choose_size (
  const GstVideoInfo *info, int drawn_width, int drawn_height, int *columns, int *rows)
{
  gint64 drawn = (gint64) drawn_width * drawn_height;
  gint64 whole = (gint64) GST_VIDEO_INFO_WIDTH (info) * GST_VIDEO_INFO_HEIGHT (info);
  gboolean shrink = drawn_width > 0 && drawn_height > 0 && drawn * 2 <= whole;

  *columns = shrink ? drawn_width : GST_VIDEO_INFO_WIDTH (info);
  *rows = shrink ? drawn_height : GST_VIDEO_INFO_HEIGHT (info);
}

/**
 * duo_picture_maker_new:
 * @info: the format of the frames to come
 * @mode: how they will be painted
 *
 * Returns: (transfer full): a maker
 */
DuoPictureMaker *
duo_picture_maker_new (const GstVideoInfo *info, DuoRenderMode mode)
{
  DuoPictureMaker *self;

  g_return_val_if_fail (info != NULL, NULL);

  self = g_new0 (DuoPictureMaker, 1);
  self->info = *info;
  self->mode = mode;
  return self;
}

static void
drop_tools (DuoPictureMaker *self)
{
  g_clear_pointer (&self->scaler, gst_video_converter_free);
  g_clear_pointer (&self->converter, gst_video_converter_free);
  gst_clear_buffer (&self->scratch);
  if (self->pool != NULL)
    gst_buffer_pool_set_active (self->pool, FALSE);
  gst_clear_object (&self->pool);
}

/**
 * duo_picture_maker_free:
 * @self: (transfer full): a maker
 *
 * Pictures that it made stay good.
 */
void
duo_picture_maker_free (DuoPictureMaker *self)
{
  drop_tools (self);
  g_free (self);
}

static GstVideoConverter *
create_converter (const GstVideoInfo *from, const GstVideoInfo *to)
{
  GstStructure *options;

  options = gst_structure_new ("options",
                               GST_VIDEO_CONVERTER_OPT_THREADS,
                               G_TYPE_UINT,
                               1,
                               GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
                               GST_TYPE_VIDEO_RESAMPLER_METHOD,
                               GST_VIDEO_RESAMPLER_METHOD_LINEAR,
                               NULL);
  return gst_video_converter_new (from, to, options);
}

static GstBufferPool *
create_pool (const GstVideoInfo *info)
{
  g_autoptr (GstBufferPool) pool = gst_buffer_pool_new ();
  g_autoptr (GstCaps) caps = gst_video_info_to_caps (info);
  GstStructure *config = gst_buffer_pool_get_config (pool);

  gst_buffer_pool_config_set_params (config, caps, GST_VIDEO_INFO_SIZE (info), 0, 0);
  if (!gst_buffer_pool_set_config (pool, config) || !gst_buffer_pool_set_active (pool, TRUE))
    return NULL;

  return g_steal_pointer (&pool);
}

/* Same format, other size: only then does GStreamer take its fast way plane by plane. */
static gboolean
prepare_scaler (DuoPictureMaker *self, int columns, int rows)
{
  gst_video_info_set_interlaced_format (&self->scaled,
                                        GST_VIDEO_INFO_FORMAT (&self->info),
                                        GST_VIDEO_INFO_INTERLACE_MODE (&self->info),
                                        columns,
                                        rows);
  self->scaled.colorimetry = self->info.colorimetry;
  self->scaled.chroma_site = self->info.chroma_site;
  self->scaled.fps_n = self->info.fps_n;
  self->scaled.fps_d = self->info.fps_d;
  if (columns == GST_VIDEO_INFO_WIDTH (&self->info) && rows == GST_VIDEO_INFO_HEIGHT (&self->info))
    return TRUE;

  self->scaler = create_converter (&self->info, &self->scaled);
  self->scratch = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (&self->scaled), NULL);
  return self->scaler != NULL && self->scratch != NULL;
}

static gboolean
prepare_tools (DuoPictureMaker *self, int columns, int rows)
{
  GstVideoFormat format;

  if (self->pool != NULL && GST_VIDEO_INFO_WIDTH (&self->output) == columns &&
      GST_VIDEO_INFO_HEIGHT (&self->output) == rows)
    return TRUE;

  drop_tools (self);
  if (!prepare_scaler (self, columns, rows))
    return FALSE;

  format = self->mode == DUO_RENDER_MODE_SOFTWARE ? SURFACE_FORMAT : TEXTURE_FORMAT;
  gst_video_info_set_interlaced_format (&self->output,
                                        format,
                                        GST_VIDEO_INFO_INTERLACE_MODE (&self->info),
                                        columns,
                                        rows);
  self->output.fps_n = self->info.fps_n;
  self->output.fps_d = self->info.fps_d;
  self->converter = create_converter (&self->scaled, &self->output);
  self->pool = create_pool (&self->output);
  return self->converter != NULL && self->pool != NULL;
}

static gboolean
scale_frame (DuoPictureMaker *self, GstVideoFrame *input, GstVideoFrame *scaled)
{
  if (!gst_video_frame_map (scaled, &self->scaled, self->scratch, GST_MAP_READWRITE))
    return FALSE;

  gst_video_converter_frame (self->scaler, input, scaled);
  return TRUE;
}

/* Once through the memory, or twice where the first time makes it smaller. */
static gboolean
convert_frame (DuoPictureMaker *self, GstBuffer *buffer, GstVideoFrame *output)
{
  GstVideoFrame input;
  GstVideoFrame scaled;
  gboolean converted = TRUE;

  if (!gst_video_frame_map (&input, &self->info, buffer, GST_MAP_READ))
    return FALSE;

  if (self->scaler == NULL) {
    gst_video_converter_frame (self->converter, &input, output);
  } else if (scale_frame (self, &input, &scaled)) {
    gst_video_converter_frame (self->converter, &scaled, output);
    gst_video_frame_unmap (&scaled);
  } else {
    converted = FALSE;
  }

  gst_video_frame_unmap (&input);
  return converted;
}

static GstVideoFrame *
acquire_frame (DuoPictureMaker *self)
{
  g_autoptr (GstBuffer) buffer = NULL;
  g_autofree GstVideoFrame *frame = g_new (GstVideoFrame, 1);

  if (gst_buffer_pool_acquire_buffer (self->pool, &buffer, NULL) != GST_FLOW_OK)
    return NULL;
  if (!gst_video_frame_map (frame, &self->output, buffer, GST_MAP_READWRITE))
    return NULL;

  return g_steal_pointer (&frame);
}

/**
 * duo_picture_maker_make:
 * @self: a maker
 * @buffer: a frame
 * @drawn_width: how wide it is being drawn, in pixels of the screen, upright; 0 if unknown
 * @drawn_height: how high
 * @orientation: how it has to be turned to be upright
 *
 * Converts a frame. The memory of pictures no longer in use is used again.
 *
 * Returns: (transfer full) (nullable): the picture; %NULL if @buffer is not what was announced
 */
DuoVideoPicture *
duo_picture_maker_make (DuoPictureMaker *self,
                        GstBuffer *buffer,
                        int drawn_width,
                        int drawn_height,
                        GstVideoOrientationMethod orientation)
{
  GstVideoFrame *output;
  double width;
  int columns;
  int rows;

  if (duo_video_orientation_is_sideways (orientation)) {
    int swap = drawn_width;

    drawn_width = drawn_height;
    drawn_height = swap;
  }
  duo_picture_maker_choose_size (&self->info, drawn_width, drawn_height, &columns, &rows);
  if (!prepare_tools (self, columns, rows) || (output = acquire_frame (self)) == NULL)
    return NULL;

  if (!convert_frame (self, buffer, output)) {
    gst_video_frame_unmap (output);
    g_free (output);
    return NULL;
  }

  width = (double) GST_VIDEO_INFO_WIDTH (&self->info) * GST_VIDEO_INFO_PAR_N (&self->info) /
          GST_VIDEO_INFO_PAR_D (&self->info);
  return duo_video_picture_new (output,
                                self->mode,
                                width,
                                GST_VIDEO_INFO_HEIGHT (&self->info),
                                orientation);
}
