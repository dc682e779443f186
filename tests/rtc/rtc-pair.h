/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-peer-connection.h"

/* One end of a pair: a connection, and what came out of it. */
typedef struct {
  DuoPeerConnection *connection;
  GstElement *video_sink;
  GString *messages;
  GPtrArray *candidates;
  GError *failure;
  guint shown;
  gboolean first_frame;
  gboolean ended;
} RtcEnd;

/* Two connections in this process, over loopback. */
typedef struct {
  RtcEnd offerer;
  RtcEnd answerer;
  char *offer;
  char *answer;
} RtcPair;

void rtc_end_init (RtcEnd *end, gboolean offerer, gboolean open_room);
void rtc_end_clear (RtcEnd *end);
RtcPair *rtc_pair_new (void);
RtcPair *rtc_pair_new_in_open_room (void);
void rtc_pair_free (RtcPair *pair);
void rtc_pair_make_offer (RtcPair *pair);
void rtc_pair_make_answer (RtcPair *pair);
void rtc_pair_take_answer (RtcPair *pair);
void rtc_pair_swap_candidates (RtcPair *pair);
void rtc_pair_connect (RtcPair *pair);
gboolean rtc_pair_is_connected (RtcPair *pair);
guint rtc_end_pull_sound (RtcEnd *end);
DuoPeerStats *rtc_end_get_stats (RtcEnd *end);

/* Runs the main context until a condition holds; fails the test after a generous while. */
#define rtc_wait_until(condition)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 rtc_deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;                           \
    while (!(condition)) {                                                                         \
      g_assert_cmpint (g_get_monotonic_time (), <, rtc_deadline);                                  \
      rtc_iterate ();                                                                              \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

void rtc_iterate (void);
