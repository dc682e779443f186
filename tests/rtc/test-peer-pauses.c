/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A sender whose computer is busy: its pictures come late and unevenly, and none is lost. */

#include "config.h"

#include "rtc-pair.h"

#include <gst/gst.h>

#define PICTURES 90
#define EVERY 6
#define PAUSE (150 * G_TIME_SPAN_MILLISECOND)

typedef struct {
  int sent; /* atomic, all of them */
  int lost;
} Counts;

/* The first element of a kind in the pipeline of one end. */
static GstElement *
find (RtcEnd *end, const char *factory)
{
  g_autoptr (GstObject) top = gst_object_ref (GST_OBJECT (end->video_sink));
  g_autoptr (GstIterator) iterator = NULL;
  g_auto (GValue) item = G_VALUE_INIT;
  GstObject *parent;
  GstElement *found;

  while ((parent = gst_object_get_parent (top)) != NULL) {
    gst_object_unref (top);
    top = parent;
  }
  iterator = gst_bin_iterate_all_by_element_factory_name (GST_BIN (top), factory);
  g_assert_cmpint (gst_iterator_next (iterator, &item), ==, GST_ITERATOR_OK);
  found = g_value_dup_object (&item);

  return found;
}

static GstPadProbeReturn
pause_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Counts *counts = user_data;

  if (g_atomic_int_add (&counts->sent, 1) % EVERY == 0)
    g_usleep (PAUSE);

  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
event_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Counts *counts = user_data;

  if (gst_event_has_name (GST_PAD_PROBE_INFO_EVENT (info), "GstRTPPacketLost"))
    g_atomic_int_inc (&counts->lost);

  return GST_PAD_PROBE_OK;
}

static gulong
watch (GstElement *element,
       const char *pad_name,
       GstPadProbeType type,
       GstPadProbeCallback callback,
       Counts *counts)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, pad_name);

  return gst_pad_add_probe (pad, type, callback, counts, NULL);
}

static void
unwatch (GstElement *element, const char *pad_name, gulong id)
{
  g_autoptr (GstPad) pad = gst_element_get_static_pad (element, pad_name);

  gst_pad_remove_probe (pad, id);
}

static void
test_pauses (void)
{
  RtcPair *pair = rtc_pair_new ();
  Counts counts = { 0 };
  g_autoptr (GstElement) encoder = NULL;
  g_autoptr (GstElement) depayloader = NULL;
  gulong ids[2];
  guint before;

  rtc_pair_connect (pair);
  rtc_wait_until (pair->offerer.first_frame && pair->answerer.first_frame);
  encoder = find (&pair->offerer, "vp8enc");
  depayloader = find (&pair->answerer, "rtpvp8depay");
  ids[0] = watch (depayloader, "sink", GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM, event_cb, &counts);
  ids[1] = watch (encoder, "src", GST_PAD_PROBE_TYPE_BUFFER, pause_cb, &counts);

  before = (guint) g_atomic_int_get (&pair->answerer.shown);
  rtc_wait_until ((guint) g_atomic_int_get (&pair->answerer.shown) >= before + PICTURES);
  g_test_message ("%d sent, %d taken for lost", counts.sent, counts.lost);
  g_assert_cmpint (g_atomic_int_get (&counts.lost), ==, 0);

  unwatch (depayloader, "sink", ids[0]);
  unwatch (encoder, "src", ids[1]);
  gst_clear_object (&encoder);
  gst_clear_object (&depayloader);
  rtc_pair_free (pair);
}

int
main (int argc, char *argv[])
{
  gst_init (&argc, &argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/peer-pauses/none-lost", test_pauses);

  return g_test_run ();
}
