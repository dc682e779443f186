/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>

#include "duo-audio-encoder.h"
#include "duo-media-graph.h"
#include "duo-video-encoder.h"

G_BEGIN_DECLS

/**
 * wait_until:
 * @condition: an expression
 *
 * Lets the main context run until the condition holds, and fails where it does not in 20 s.
 */
#define wait_until(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 wait_end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                               \
    guint wait_id = g_timeout_add (20, media_keep_going, NULL);                                    \
    while (!(condition)) {                                                                         \
      if (g_get_monotonic_time () > wait_end)                                                      \
        g_error ("%s:%d: waited in vain for: %s", __FILE__, __LINE__, #condition);                 \
      g_main_context_iteration (NULL, TRUE);                                                       \
    }                                                                                              \
    g_source_remove (wait_id);                                                                     \
  }                                                                                                \
  G_STMT_END

/**
 * MediaPeer:
 *
 * What stands in for a peer connection: encoders of its own, and sound that comes from the other
 * side.
 */
typedef struct {
  GstElement *pipeline;
  DuoVideoEncoder *video_encoder;
  DuoAudioEncoder *audio_encoder;
  GstAppSink *seen;  /* the picture as the other gets it, I420 */
  GstAppSink *heard; /* the sound as the other gets it */
  GstAppSink *audio_out;
} MediaPeer;

gboolean media_keep_going (gpointer user_data);
void media_pump (guint milliseconds);
MediaPeer *media_peer_new (GstClock *clock, double remote_frequency);
void media_peer_make_remote_beep (MediaPeer *peer);
void media_peer_free (MediaPeer *peer);
void media_graph_stop (DuoMediaGraph *graph);
void media_desk_device (const char *arguments);
int media_get_enum (gpointer object, const char *property);
GArray *media_collect_sound (GstAppSink *sink, double seconds);
GstElement *media_listen (const char *source, GstAppSink **sink);
GArray *media_record (const char *source, double seconds);
GstSample *media_pull_newest (GstAppSink *sink);
double media_average_brightness (GstSample *sample);
double media_find_frequency (const gint16 *samples, gsize n_samples, guint rate);
double media_loudness (const gint16 *samples, gsize n_samples);
double media_loudness_at (const gint16 *samples, gsize n_samples, guint rate, double frequency);

G_END_DECLS
