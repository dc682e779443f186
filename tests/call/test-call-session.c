/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "call-ends.h"
#include "duo-peer-stats.h"

static void
assert_ended (CallEnd *end, DuoCallEndReason reason)
{
  call_assert_state (end, DUO_CALL_STATE_ENDED);
  g_assert_cmpstr (duo_enum_nick (DUO_TYPE_CALL_END_REASON, duo_call_get_end_reason (end->call)),
                   ==,
                   duo_enum_nick (DUO_TYPE_CALL_END_REASON, reason));
}

static void
assert_same_emoji (CallEnds *ends)
{
  guint ours[4];
  guint theirs[4];

  g_assert_true (call_wait_safety (&ends->ends[0], DUO_CALL_SAFETY_EMOJI));
  g_assert_true (call_wait_safety (&ends->ends[1], DUO_CALL_SAFETY_EMOJI));
  g_assert_true (duo_call_get_safety_emoji (ends->ends[0].call, ours));
  g_assert_true (duo_call_get_safety_emoji (ends->ends[1].call, theirs));
  g_assert_cmpmem (ours, sizeof ours, theirs, sizeof theirs);
}

static void
on_stats (DuoCall *call, int *count)
{
  g_autoptr (DuoPeerStats) stats = duo_call_dup_stats (call);

  g_assert_nonnull (stats);
  if (stats->frames_decoded > 0)
    ++*count;
}

static void
test_connect (CallEnds *ends, gconstpointer data)
{
  g_autofree char *name = NULL;
  gint64 started_at;
  int count = 0;

  call_connect (ends);
  assert_same_emoji (ends);

  name = duo_call_dup_remote_name (ends->ends[0].call);
  g_assert_cmpstr (name, ==, "Ben");
  g_assert_false (duo_call_get_flag (ends->ends[0].call, "remote-browser"));
  g_assert_false (duo_call_get_flag (ends->ends[0].call, "open-room"));
  g_assert_true (duo_call_get_flag (ends->ends[0].call, "signaling-connected"));
  g_object_get (ends->ends[0].call, "started-at", &started_at, NULL);
  g_assert_cmpint (started_at, >, 0);

  g_signal_connect (ends->ends[0].call, "stats", G_CALLBACK (on_stats), &count);
  g_assert_true (call_wait_frames (&ends->ends[0], 30));
  g_assert_true (call_wait_frames (&ends->ends[1], 30));
  while (count == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handlers_disconnect_by_data (ends->ends[0].call, &count);
  g_assert_cmpint (duo_call_get_duration (ends->ends[0].call), >, 0);
}

static void
test_mute (CallEnds *ends, gconstpointer data)
{
  call_connect (ends);

  g_object_set (ends->ends[0].call, "microphone-enabled", FALSE, NULL);
  g_assert_true (call_wait_flag (&ends->ends[1], "remote-microphone", FALSE));
  g_assert_true (duo_call_get_flag (ends->ends[1].call, "remote-camera"));

  g_object_set (ends->ends[0].call, "camera-enabled", FALSE, "microphone-enabled", TRUE, NULL);
  g_assert_true (call_wait_flag (&ends->ends[1], "remote-camera", FALSE));
  g_assert_true (call_wait_flag (&ends->ends[1], "remote-microphone", TRUE));
  g_assert_true (duo_call_get_flag (ends->ends[0].call, "remote-camera"));
}

static void
test_join_muted (CallEnds *ends, gconstpointer data)
{
  call_end_start (ends, &ends->ends[0], "Ada");
  call_end_start (ends, &ends->ends[1], "Ben");
  g_object_set (ends->ends[0].call, "camera-enabled", FALSE, NULL);
  duo_call_join (ends->ends[0].call);
  duo_call_join (ends->ends[1].call);
  call_assert_state (&ends->ends[1], DUO_CALL_STATE_CONNECTED);
  g_assert_true (call_wait_flag (&ends->ends[1], "remote-camera", FALSE));
}

static void
test_hang_up (CallEnds *ends, gconstpointer data)
{
  guint first = GPOINTER_TO_UINT (data);

  call_connect (ends);
  duo_call_hang_up (ends->ends[first].call);
  assert_ended (&ends->ends[first], DUO_CALL_END_LEFT);
  assert_ended (&ends->ends[1 - first], DUO_CALL_END_REMOTE_LEFT);
}

static void
test_hang_up_before (CallEnds *ends, gconstpointer data)
{
  DuoCallState state = GPOINTER_TO_INT (data);

  call_end_start (ends, &ends->ends[0], "Ada");
  if (state != DUO_CALL_STATE_IDLE)
    duo_call_join (ends->ends[0].call);
  call_assert_state (&ends->ends[0], state);
  duo_call_hang_up (ends->ends[0].call);
  assert_ended (&ends->ends[0], DUO_CALL_END_LEFT);
  g_assert_cmpint (duo_call_get_duration (ends->ends[0].call), ==, 0);
}

/* Media never waits for signaling, and a goodbye needs none. */
static void
test_server_gone (CallEnds *ends, gconstpointer data)
{
  call_connect (ends);

  duo_room_server_stop (ends->server);
  g_clear_object (&ends->server);
  g_assert_true (call_wait_flag (&ends->ends[0], "signaling-connected", FALSE));
  g_assert_true (call_wait_flag (&ends->ends[1], "signaling-connected", FALSE));
  g_assert_true (call_wait_frames (&ends->ends[0], 30));
  g_assert_cmpint (duo_call_get_state (ends->ends[0].call), ==, DUO_CALL_STATE_CONNECTED);
  g_assert_cmpint (duo_call_get_state (ends->ends[1].call), ==, DUO_CALL_STATE_CONNECTED);

  duo_call_hang_up (ends->ends[0].call);
  assert_ended (&ends->ends[1], DUO_CALL_END_REMOTE_LEFT);
}

static void
on_state (DuoCall *call, GParamSpec *pspec, int *changes)
{
  ++*changes;
}

static void
test_server_back (CallEnds *ends, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int changes = 0;

  call_connect (ends);
  g_signal_connect (ends->ends[0].call, "notify::state", G_CALLBACK (on_state), &changes);
  g_signal_connect (ends->ends[1].call, "notify::state", G_CALLBACK (on_state), &changes);

  duo_room_server_stop (ends->server);
  g_clear_object (&ends->server);
  g_assert_true (call_wait_flag (&ends->ends[0], "signaling-connected", FALSE));

  ends->server = duo_room_server_new ();
  duo_room_server_listen (ends->server, TRUE, ends->port, &error);
  g_assert_no_error (error);
  g_assert_true (call_wait_flag (&ends->ends[0], "signaling-connected", TRUE));
  g_assert_true (call_wait_flag (&ends->ends[1], "signaling-connected", TRUE));
  g_assert_true (call_wait_frames (&ends->ends[0], 30));

  /* The same connection all the while. */
  g_assert_cmpint (changes, ==, 0);
  g_signal_handlers_disconnect_by_data (ends->ends[0].call, &changes);
  g_signal_handlers_disconnect_by_data (ends->ends[1].call, &changes);
  assert_same_emoji (ends);
}

static void
test_third (CallEnds *ends, gconstpointer data)
{
  call_connect (ends);
  call_end_start (ends, &ends->ends[2], "Cem");
  duo_call_join (ends->ends[2].call);
  g_assert_true (call_wait_flag (&ends->ends[2], "room-full", TRUE));
  g_assert_cmpint (duo_call_get_state (ends->ends[2].call), ==, DUO_CALL_STATE_JOINING);

  /* It gets in when there is a place. */
  duo_call_hang_up (ends->ends[0].call);
  assert_ended (&ends->ends[1], DUO_CALL_END_REMOTE_LEFT);
  call_assert_state (&ends->ends[2], DUO_CALL_STATE_WAITING);
  g_assert_false (duo_call_get_flag (ends->ends[2].call, "room-full"));
}

static void
test_leaves_and_comes_back (CallEnds *ends, gconstpointer data)
{
  call_connect (ends);
  duo_call_hang_up (ends->ends[0].call);
  assert_ended (&ends->ends[1], DUO_CALL_END_REMOTE_LEFT);

  for (guint i = 0; i < 2; i++) {
    call_end_close (&ends->ends[i]);
    call_end_renew (ends, &ends->ends[i], i == 0 ? "Ada" : "Ben");
    duo_call_join (ends->ends[i].call);
  }
  call_assert_state (&ends->ends[0], DUO_CALL_STATE_CONNECTED);
  g_assert_true (call_wait_frames (&ends->ends[1], 10));
}

static void
test_open_room (CallEnds *ends, gconstpointer data)
{
  call_ends_set_open_room (ends);
  call_connect (ends);
  g_assert_true (duo_call_get_flag (ends->ends[0].call, "open-room"));
  assert_same_emoji (ends);
  g_assert_true (call_wait_frames (&ends->ends[0], 10));
  duo_call_hang_up (ends->ends[1].call);
  assert_ended (&ends->ends[0], DUO_CALL_END_REMOTE_LEFT);
}

/* In a room with a code everybody who is there has said so. */
static void
test_no_ring (CallEnds *ends, gconstpointer data)
{
  call_end_start (ends, &ends->ends[0], "Ada");
  duo_call_ring (ends->ends[0].call);
  duo_call_join (ends->ends[0].call);
  call_assert_state (&ends->ends[0], DUO_CALL_STATE_WAITING);
  duo_call_ring (ends->ends[0].call);
  g_assert_false (duo_call_get_flag (ends->ends[0].call, "ringing"));
}

/* Where there is room for more than two, those who are taken say so; and nobody is disturbed. */
static void
test_busy (CallEnds *ends, gconstpointer data)
{
  DuoServerConfig *config = duo_server_config_new ();
  g_autoptr (GError) error = NULL;

  duo_server_config_set (config, "max-participants", "3", &error);
  g_assert_no_error (error);
  duo_room_server_stop (ends->server);
  g_clear_object (&ends->server);
  ends->server = duo_room_server_new ();
  duo_room_server_set_config (ends->server, config);
  duo_room_server_listen (ends->server, TRUE, 0, &error);
  g_assert_no_error (error);
  ends->port = duo_room_server_get_port (ends->server);

  call_ends_set_open_room (ends);
  call_connect (ends);
  call_end_start (ends, &ends->ends[2], "Cem");
  duo_call_join (ends->ends[2].call);
  assert_ended (&ends->ends[2], DUO_CALL_END_BUSY);
  g_assert_cmpint (duo_call_get_state (ends->ends[0].call), ==, DUO_CALL_STATE_CONNECTED);
  g_assert_cmpint (duo_call_get_state (ends->ends[1].call), ==, DUO_CALL_STATE_CONNECTED);
  g_assert_true (call_wait_frames (&ends->ends[0], 10));
}

/* Who may only go through a relay does not wait for somebody to find out that there is none. */
static void
test_no_relay (CallEnds *ends, gconstpointer data)
{
  CallEnd *end = &ends->ends[0];

  call_end_start (ends, end, "Ada");
  duo_ice_plan_set_relay_only (duo_peer_factory_get_ice_plan (end->factory), TRUE);
  duo_call_join (end->call);
  assert_ended (end, DUO_CALL_END_NO_RELAY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

#define ADD(path, data, function)                                                                  \
  g_test_add (path, CallEnds, data, call_ends_set_up, function, call_ends_tear_down)

  ADD ("/call-session/connect", NULL, test_connect);
  ADD ("/call-session/mute", NULL, test_mute);
  ADD ("/call-session/join-muted", NULL, test_join_muted);
  ADD ("/call-session/hang-up/first", GUINT_TO_POINTER (0), test_hang_up);
  ADD ("/call-session/hang-up/second", GUINT_TO_POINTER (1), test_hang_up);
  ADD ("/call-session/hang-up/idle", GINT_TO_POINTER (DUO_CALL_STATE_IDLE), test_hang_up_before);
  ADD ("/call-session/hang-up/preparing",
       GINT_TO_POINTER (DUO_CALL_STATE_PREPARING),
       test_hang_up_before);
  ADD ("/call-session/hang-up/waiting",
       GINT_TO_POINTER (DUO_CALL_STATE_WAITING),
       test_hang_up_before);
  ADD ("/call-session/server-gone", NULL, test_server_gone);
  ADD ("/call-session/server-back", NULL, test_server_back);
  ADD ("/call-session/third", NULL, test_third);
  ADD ("/call-session/comes-back", NULL, test_leaves_and_comes_back);
  ADD ("/call-session/open-room", NULL, test_open_room);
  ADD ("/call-session/no-ring", NULL, test_no_ring);
  ADD ("/call-session/busy", NULL, test_busy);
  ADD ("/call-session/no-relay", NULL, test_no_relay);

  return g_test_run ();
}
