/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-warm-up.h"

#include "duo-rtc-thread.h"

#include <gst/gst.h>

/* What a connection is made of, its own parts included. The first dtlsdec of a process makes the
 * certificate that all of them use: most of the work here. */
static const char *const factories[] = {
  "dtlsdec",   "webrtcbin",  "rtpbin",      "nicesrc", "srtpenc", "sctpdec",
  "rtpvp8pay", "rtpopuspay", "rtpvp8depay", "vp8dec",  "vp8enc",  "opusdec",
};

static gpointer
warm_up (gpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (factories); i++) {
    g_autoptr (GstElement) element = gst_element_factory_make (factories[i], NULL);

    if (element != NULL)
      gst_object_ref_sink (element);
  }

  return NULL;
}

static gpointer
start (gpointer data)
{
  duo_rtc_thread_start ("warm-up", warm_up, NULL);

  return NULL;
}

/**
 * duo_warm_up:
 *
 * Does in a thread, while people look at a lobby, what the first connection of a process would
 * wait for: loading plug-ins and making a key. Any number of calls do it once. GStreamer must be
 * initialised. Any thread.
 */
void
duo_warm_up (void)
{
  static GOnce once = G_ONCE_INIT;

  g_once (&once, start, NULL);
}
