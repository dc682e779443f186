/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-keyframe-guard.h"

#include <gst/app/gstappsink.h>
#include <gst/app/gstappsrc.h>
#include <gst/rtp/rtp.h>
#include <gst/video/video.h>

#define INTERVAL_MS 20
#define PATIENCE_S 20

typedef struct {
  GstElement *pipeline;
  GstElement *source;
  guint16 sequence;
  int requests; /* atomic, as the next */
  int pictures;
} Fixture;

static GstPadProbeReturn
count_request (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Fixture *fixture = data;

  if (gst_video_event_is_force_key_unit (GST_PAD_PROBE_INFO_EVENT (info)))
    g_atomic_int_inc (&fixture->requests);

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
count_picture (GstPad *pad, GstPadProbeInfo *info, gpointer data)
{
  Fixture *fixture = data;

  g_atomic_int_inc (&fixture->pictures);

  return GST_PAD_PROBE_OK;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GstElement) depayloader = NULL;
  g_autoptr (GstPad) pad = NULL;
  g_autoptr (GstPad) pictures = NULL;

  fixture->pipeline =
    gst_parse_launch ("appsrc name=source format=time is-live=true "
                      "caps=application/x-rtp,media=video,clock-rate=90000,encoding-name=VP8 ! "
                      "rtpvp8depay name=depayloader wait-for-keyframe=true request-keyframe=true ! "
                      "fakesink sync=false async=false",
                      NULL);
  g_assert_nonnull (fixture->pipeline);
  fixture->source = gst_bin_get_by_name (GST_BIN (fixture->pipeline), "source");
  depayloader = gst_bin_get_by_name (GST_BIN (fixture->pipeline), "depayloader");
  duo_keyframe_guard_install (depayloader);
  pad = gst_element_get_static_pad (fixture->source, "src");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, count_request, fixture, NULL);
  pictures = gst_element_get_static_pad (depayloader, "src");
  gst_pad_add_probe (pictures, GST_PAD_PROBE_TYPE_BUFFER, count_picture, fixture, NULL);
  gst_element_set_state (fixture->pipeline, GST_STATE_PLAYING);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gst_element_set_state (fixture->pipeline, GST_STATE_NULL);
  gst_object_unref (fixture->source);
  g_assert_finalize_object (fixture->pipeline);
}

/* One packet with a whole frame in it (RFC 7741 §4.2): a start of a partition, then a frame header
 * whose lowest bit says that it is no keyframe. A keyframe has its size, 16x16 here, behind it. */
static void
push_frame (Fixture *fixture, gboolean key)
{
  static const guint8 keyframe[] = { 0x10, 0x10, 0, 0, 0x9d, 0x01, 0x2a, 16, 0, 16, 0, 0, 0 };
  static const guint8 delta[] = { 0x10, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
  const guint8 *payload = key ? keyframe : delta;
  gsize size = key ? sizeof keyframe : sizeof delta;
  GstBuffer *buffer = gst_rtp_buffer_new_allocate (size, 0, 0);
  GstRTPBuffer rtp = GST_RTP_BUFFER_INIT;

  gst_rtp_buffer_map (buffer, GST_MAP_WRITE, &rtp);
  gst_rtp_buffer_set_payload_type (&rtp, 96);
  gst_rtp_buffer_set_seq (&rtp, fixture->sequence);
  gst_rtp_buffer_set_timestamp (&rtp, fixture->sequence * 3000u);
  gst_rtp_buffer_set_marker (&rtp, TRUE);
  memcpy (gst_rtp_buffer_get_payload (&rtp), payload, size);
  gst_rtp_buffer_unmap (&rtp);
  GST_BUFFER_PTS (buffer) = fixture->sequence++ * INTERVAL_MS * GST_MSECOND;

  gst_app_src_push_buffer (GST_APP_SRC (fixture->source), buffer);
}

static gboolean
push_delta (gpointer data)
{
  push_frame (data, FALSE);

  return G_SOURCE_CONTINUE;
}

static gboolean
give_up (gpointer data)
{
  g_assert_not_reached ();
}

/* The first request is lost, as it were: packets go on, and no keyframe is among them. */
static void
test_asks_again (Fixture *fixture, gconstpointer data)
{
  guint feed = g_timeout_add (INTERVAL_MS, push_delta, fixture);
  guint patience = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);

  while (g_atomic_int_get (&fixture->requests) < 3)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (feed);
  g_source_remove (patience);
}

static gboolean
stop (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

static void
run_for (guint milliseconds)
{
  gboolean stopped = FALSE;

  g_timeout_add (milliseconds, stop, &stopped);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_is_quiet_while_pictures_come (Fixture *fixture, gconstpointer data)
{
  guint feed;
  guint patience = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);
  int before;

  push_frame (fixture, TRUE);
  feed = g_timeout_add (INTERVAL_MS, push_delta, fixture);
  /* The depayloader asks by itself as the stream begins. */
  while (g_atomic_int_get (&fixture->pictures) < 10)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (patience);
  before = g_atomic_int_get (&fixture->requests);
  run_for (1500);

  g_assert_cmpint (g_atomic_int_get (&fixture->requests), ==, before);
  g_source_remove (feed);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/keyframe-guard/asks-again", Fixture, NULL, set_up, test_asks_again, tear_down);
  g_test_add ("/keyframe-guard/quiet-while-pictures-come",
              Fixture,
              NULL,
              set_up,
              test_is_quiet_while_pictures_come,
              tear_down);

  return g_test_run ();
}
