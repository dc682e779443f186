/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A camera whose picture tells which frame it is: moving test bars with a strip of eight cells
 * across the middle, green, six bits of the frame's number in Gray code, magenta. One cell changes
 * from frame to frame, so that a reader in the midst of a redraw is wrong by one frame at most, and
 * the two colours let a reader find the strip on a screen, mirrored or not.
 *
 *   bench-camera            provides the PipeWire camera duo-cam, 1280x720 I420, 30 frames a
 * second, and prints "NUMBER MICROSECONDS" (monotonic time) for each frame bench-camera FILE.y4m
 * writes one round of 64 frames, for Chromium's fake camera
 */

#include "config.h"

#include <gst/gst.h>
#include <gst/video/video.h>
#include <stdio.h>

#define CAPS "video/x-raw,format=I420,width=1280,height=720,framerate=30/1"
#define BARS "videotestsrc name=bars pattern=smpte horizontal-speed=3 "
#define BITS 6
#define ROUND (1 << BITS)
#define CELLS (BITS + 2)

#define CELL_WIDTH 128
#define STRIP_LEFT 128
#define STRIP_TOP 320u
#define STRIP_HEIGHT 80u

typedef struct {
  guint8 y, u, v;
} Colour;

static const Colour green = { 173, 42, 26 };
static const Colour magenta = { 78, 214, 230 };
static const Colour blue = { 32, 240, 118 };
static const Colour black = { 16, 128, 128 };
static const Colour white = { 235, 128, 128 };

static void
fill (GstVideoFrame *frame, guint plane, guint shift, int cell, guint8 value)
{
  guint stride = GST_VIDEO_FRAME_PLANE_STRIDE (frame, plane);
  guint8 *data = GST_VIDEO_FRAME_PLANE_DATA (frame, plane);
  guint left = (guint) (STRIP_LEFT + cell * CELL_WIDTH) >> shift;

  for (guint row = STRIP_TOP >> shift; row < (STRIP_TOP + STRIP_HEIGHT) >> shift; row++)
    memset (data + row * stride + left, value, CELL_WIDTH >> shift);
}

static void
fill_cell (GstVideoFrame *frame, int cell, Colour colour)
{
  fill (frame, 0, 0, cell, colour.y);
  fill (frame, 1, 1, cell, colour.u);
  fill (frame, 2, 1, cell, colour.v);
}

static GstPadProbeReturn
draw_strip (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  static guint number = 0;
  gboolean live = GPOINTER_TO_INT (user_data);
  GstBuffer *buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  guint code = number ^ number >> 1;
  GstVideoInfo video;
  GstVideoFrame frame;

  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  if (!gst_video_info_from_caps (&video, caps) ||
      !gst_video_frame_map (&frame, &video, buffer, GST_MAP_READWRITE))
    g_error ("cannot draw on the camera's picture");
  /* A margin, as the bars that pass by have the same colours. */
  fill_cell (&frame, -1, blue);
  fill_cell (&frame, CELLS, blue);
  fill_cell (&frame, 0, green);
  for (guint bit = 0; bit < BITS; bit++)
    fill_cell (&frame, 1 + bit, code & 1u << (BITS - 1 - bit) ? white : black);
  fill_cell (&frame, CELLS - 1, magenta);
  gst_video_frame_unmap (&frame);

  if (live)
    printf ("%u %" G_GINT64_FORMAT "\n", number, g_get_monotonic_time ());
  number = (number + 1) % ROUND;

  return GST_PAD_PROBE_OK;
}

static GstElement *
make_pipeline (const char *file, GError **error)
{
  g_autofree char *text = NULL;

  if (file == NULL)
    return gst_parse_launch (BARS
                             "is-live=true ! " CAPS " ! pipewiresink mode=provide "
                             "stream-properties=\"p,media.class=Video/Source,media.role=Camera,"
                             "node.name=duo-cam,node.description=BenchCamera\"",
                             error);
  text = g_strdup_printf (BARS "num-buffers=%d ! " CAPS " ! y4menc ! filesink location=\"%s\"",
                          ROUND,
                          file);

  return gst_parse_launch (text, error);
}

int
main (int argc, char **argv)
{
  const char *file = argc > 1 ? argv[1] : NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GstElement) pipeline = NULL;
  g_autoptr (GstElement) bars = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstMessage) message = NULL;

  gst_init (&argc, &argv);
  setvbuf (stdout, NULL, _IOLBF, 0);
  pipeline = make_pipeline (file, &error);
  if (pipeline == NULL) {
    g_printerr ("bench-camera: %s\n", error->message);
    return 1;
  }
  bars = gst_bin_get_by_name (GST_BIN (pipeline), "bars");
  pad = gst_element_get_static_pad (bars, "src");
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER,
                     draw_strip,
                     GINT_TO_POINTER (file == NULL),
                     NULL);

  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  bus = gst_element_get_bus (pipeline);
  message =
    gst_bus_timed_pop_filtered (bus, GST_CLOCK_TIME_NONE, GST_MESSAGE_ERROR | GST_MESSAGE_EOS);
  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR) {
    gst_message_parse_error (message, &error, NULL);
    g_printerr ("bench-camera: %s\n", error->message);
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);

  return error == NULL ? 0 : 1;
}
