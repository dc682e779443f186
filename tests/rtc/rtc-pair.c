/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rtc-pair.h"

static const char *const loopback[] = { "127.0.0.1", NULL };

static gboolean
wake_up (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* One turn of the main context, of 20 ms at most. */
void
rtc_iterate (void)
{
  g_autoptr (GSource) source = g_timeout_source_new (20);

  g_source_set_callback (source, wake_up, NULL, NULL);
  g_source_attach (source, NULL);
  g_main_context_iteration (NULL, TRUE);
  g_source_destroy (source);
}

static void
on_ice_candidate (DuoPeerConnection *connection, guint mline, const char *candidate, RtcEnd *end)
{
  g_ptr_array_add (end->candidates, g_strdup (candidate));
}

static void
on_message (DuoPeerConnection *connection, const char *text, RtcEnd *end)
{
  g_string_append_printf (end->messages, "%s;", text);
}

static void
on_failed (DuoPeerConnection *connection, const GError *error, RtcEnd *end)
{
  g_assert_null (end->failure);
  end->failure = g_error_copy (error);
}

static void
on_first_frame (DuoPeerConnection *connection, RtcEnd *end)
{
  end->first_frame = TRUE;
}

static void
on_handoff (GstElement *sink, GstBuffer *buffer, GstPad *pad, gpointer data)
{
  g_atomic_int_inc ((guint *) data);
}

static GstElement *
make_bin (const char *description)
{
  g_autoptr (GError) error = NULL;
  GstElement *bin = gst_parse_bin_from_description (description, FALSE, &error);
  g_autoptr (GstElement) encoder = NULL;
  g_autoptr (GstPad) pad = NULL;

  g_assert_no_error (error);
  encoder = gst_bin_get_by_name (GST_BIN (bin), "encoder");
  pad = gst_element_get_static_pad (encoder, "src");
  gst_element_add_pad (bin, gst_ghost_pad_new ("src", pad));

  return bin;
}

void
rtc_end_init (RtcEnd *end, gboolean offerer, gboolean open_room)
{
  DuoPeerConnectionConfig config = {
    .epoch = 1,
    .offerer = offerer,
    .open_room = open_room,
    .ice_addresses = loopback,
  };
  g_autoptr (GError) error = NULL;

  *end = (RtcEnd){ .messages = g_string_new (NULL),
                   .candidates = g_ptr_array_new_with_free_func (g_free) };

  config.video_encoder =
    make_bin ("videotestsrc is-live=true ! video/x-raw,width=160,height=120,framerate=30/1 ! "
              "vp8enc name=encoder deadline=1 cpu-used=-16 keyframe-max-dist=3000 "
              "target-bitrate=200000 end-usage=cbr");
  config.audio_encoder = make_bin ("audiotestsrc is-live=true samplesperbuffer=960 ! "
                                   "audio/x-raw,rate=48000,channels=1 ! opusenc name=encoder");
  config.video_sink = gst_element_factory_make ("fakesink", NULL);
  g_object_set (config.video_sink, "signal-handoffs", TRUE, "sync", FALSE, NULL);
  g_signal_connect (config.video_sink, "handoff", G_CALLBACK (on_handoff), &end->shown);
  end->video_sink = gst_object_ref (config.video_sink);

  end->connection = duo_peer_connection_new (&config, &error);
  g_assert_no_error (error);
  g_signal_connect (end->connection, "ice-candidate", G_CALLBACK (on_ice_candidate), end);
  g_signal_connect (end->connection, "message", G_CALLBACK (on_message), end);
  g_signal_connect (end->connection, "failed", G_CALLBACK (on_failed), end);
  g_signal_connect (end->connection, "first-frame", G_CALLBACK (on_first_frame), end);
}

static void
take_result (GObject *object, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

void
rtc_end_clear (RtcEnd *end)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_data (end->connection, end);
  duo_peer_connection_close_async (end->connection, NULL, take_result, &result);
  rtc_wait_until (result != NULL);
  duo_peer_connection_close_finish (end->connection, result, &error);
  g_assert_no_error (error);
  g_clear_object (&result);

  g_signal_handlers_disconnect_by_data (end->video_sink, &end->shown);
  gst_clear_object (&end->video_sink);
  g_assert_finalize_object (end->connection);
  g_string_free (end->messages, TRUE);
  g_ptr_array_unref (end->candidates);
  g_clear_error (&end->failure);
}

static RtcPair *
make_pair (gboolean open_room)
{
  RtcPair *pair = g_new0 (RtcPair, 1);

  rtc_end_init (&pair->offerer, TRUE, open_room);
  rtc_end_init (&pair->answerer, FALSE, open_room);

  return pair;
}

RtcPair *
rtc_pair_new (void)
{
  return make_pair (FALSE);
}

RtcPair *
rtc_pair_new_in_open_room (void)
{
  return make_pair (TRUE);
}

void
rtc_pair_free (RtcPair *pair)
{
  rtc_end_clear (&pair->offerer);
  rtc_end_clear (&pair->answerer);
  g_free (pair->offer);
  g_free (pair->answer);
  g_free (pair);
}

void
rtc_pair_make_offer (RtcPair *pair)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  duo_peer_connection_create_offer_async (pair->offerer.connection, NULL, take_result, &result);
  rtc_wait_until (result != NULL);
  pair->offer = duo_peer_connection_create_offer_finish (pair->offerer.connection, result, &error);
  g_assert_no_error (error);
}

void
rtc_pair_make_answer (RtcPair *pair)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  duo_peer_connection_accept_offer_async (pair->answerer.connection,
                                          pair->offer,
                                          NULL,
                                          take_result,
                                          &result);
  rtc_wait_until (result != NULL);
  pair->answer =
    duo_peer_connection_accept_offer_finish (pair->answerer.connection, result, &error);
  g_assert_no_error (error);
}

void
rtc_pair_take_answer (RtcPair *pair)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  duo_peer_connection_accept_answer_async (pair->offerer.connection,
                                           pair->answer,
                                           NULL,
                                           take_result,
                                           &result);
  rtc_wait_until (result != NULL);
  duo_peer_connection_accept_answer_finish (pair->offerer.connection, result, &error);
  g_assert_no_error (error);
}

static void
hand_over_candidates (RtcEnd *from, RtcEnd *to)
{
  g_autoptr (GError) error = NULL;

  while (from->candidates->len > 0) {
    g_autofree char *candidate = g_ptr_array_steal_index (from->candidates, 0);

    from->ended |= candidate[0] == '\0';
    duo_peer_connection_add_candidate (to->connection, 0, candidate, &error);
    g_assert_no_error (error);
  }
}

void
rtc_pair_swap_candidates (RtcPair *pair)
{
  hand_over_candidates (&pair->offerer, &pair->answerer);
  hand_over_candidates (&pair->answerer, &pair->offerer);
}

static gboolean
is_connected (RtcEnd *end)
{
  return duo_peer_connection_get_connection_state (end->connection) ==
         DUO_PEER_CONNECTION_CONNECTED;
}

gboolean
rtc_pair_is_connected (RtcPair *pair)
{
  rtc_pair_swap_candidates (pair);

  return is_connected (&pair->offerer) && is_connected (&pair->answerer);
}

void
rtc_pair_connect (RtcPair *pair)
{
  rtc_pair_make_offer (pair);
  rtc_pair_make_answer (pair);
  rtc_pair_take_answer (pair);
  rtc_wait_until (rtc_pair_is_connected (pair));
}

/* How many buffers of decoded sound are there to pull. */
guint
rtc_end_pull_sound (RtcEnd *end)
{
  GstAppSink *sink = duo_peer_connection_get_audio_sink (end->connection);
  guint n = 0;

  for (;;) {
    g_autoptr (GstSample) sample = gst_app_sink_try_pull_sample (sink, 0);

    if (sample == NULL)
      return n;
    n++;
  }
}

DuoPeerStats *
rtc_end_get_stats (RtcEnd *end)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  DuoPeerStats *stats;

  duo_peer_connection_get_stats_async (end->connection, NULL, take_result, &result);
  rtc_wait_until (result != NULL);
  stats = duo_peer_connection_get_stats_finish (end->connection, result, &error);
  g_assert_no_error (error);

  return stats;
}
