/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two honest people, and a room server that is not. */

#include "config.h"

#include <string.h>

#include "call-ends.h"
#include "hostile-peer.h"
#include "hostile-room.h"
#include "meddlers.h"

/* Long enough for what is not to happen. */
#define MOMENT 1500 /* ms */

/* What becomes of the call. */
typedef enum {
  CONNECTED,  /* to each other, and they see the same pictures */
  CONNECTING, /* somebody is there, but never seen or heard */
  ALONE,      /* nobody is shown */
  FOUND_OUT,  /* one sees that the other's certificate is another, and it is over for both */
  WHATEVER,   /* connected to each other, or nobody is seen */
} Outcome;

typedef struct {
  const char *name;
  gboolean open;
  HostileMeddler meddler;
  Outcome outcome;
  const char *greeting; /* nullable: instead of the right one */
} Case;

typedef struct {
  CallEnds ends;
  HostileRoom *room;
} Hostile;

static gboolean
on_wakeup (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
pump (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  guint wakeup = g_timeout_add (10, on_wakeup, NULL);

  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (wakeup);
}

static char *
make_crowded_greeting (void)
{
  g_autoptr (GString) text = g_string_new ("\"room\":\"elsewhere\",\"peers\":[");

  for (guint i = 0; i < 1000; i++)
    g_string_append_printf (text, "%s{\"id\":\"%024u\",\"joinedAt\":%u}", i > 0 ? "," : "", i, i);
  g_string_append (text, "],\"iceServers\":[");
  for (guint i = 0; i < 300; i++)
    g_string_append_printf (text, "%s{\"urls\":[\"stun:127.0.0.1:9\"]}", i > 0 ? "," : "");
  g_string_append (text, "],\"maxParticipants\":1000,\"expiresAt\":1");

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
hostile_set_up (Hostile *hostile, gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  call_ends_set_up (&hostile->ends, NULL);
  hostile->room = hostile_room_new ();
  hostile->room->meddler = test->meddler;
  hostile->room->greeting = g_strdup (test->greeting);

  text = g_strdup_printf (test->open ? "ws://127.0.0.1:%u/parties/main/open"
                                     : "http://127.0.0.1:%u/call#k7qm-4xwp-93h3",
                          hostile->room->port);
  g_clear_pointer (&hostile->ends.link, duo_join_link_unref);
  hostile->ends.link = duo_join_link_parse (text, NULL, &error);
  g_assert_no_error (error);
}

static void
hostile_tear_down (Hostile *hostile, gconstpointer data)
{
  call_ends_tear_down (&hostile->ends, NULL);
  hostile_room_free (hostile->room);
}

static void
join_both (Hostile *hostile)
{
  call_end_start (&hostile->ends, &hostile->ends.ends[0], "Ada");
  call_end_start (&hostile->ends, &hostile->ends.ends[1], "Ben");
  for (guint i = 0; i < 2; i++)
    duo_call_join (hostile->ends.ends[i].call);
}

/* Connected, to whom they should, and nothing of what goes on changes that. */
static void
expect_connected (Hostile *hostile)
{
  static const char *const others[] = { "Ben", "Ada" };
  guint emoji[2][4];

  for (guint i = 0; i < 2; i++)
    call_assert_state (&hostile->ends.ends[i], DUO_CALL_STATE_CONNECTED);
  pump (MOMENT);
  for (guint i = 0; i < 2; i++) {
    CallEnd *end = &hostile->ends.ends[i];
    g_autofree char *name = duo_call_dup_remote_name (end->call);

    g_assert_cmpint (duo_call_get_state (end->call), ==, DUO_CALL_STATE_CONNECTED);
    g_assert_cmpstr (name, ==, others[i]);
    g_assert_true (call_wait_safety (end, DUO_CALL_SAFETY_EMOJI));
    g_assert_true (duo_call_get_safety_emoji (end->call, emoji[i]));
    g_assert_true (call_wait_frames (end, 5));
  }
  g_assert_cmpmem (emoji[0], sizeof emoji[0], emoji[1], sizeof emoji[1]);
}

static void
expect_unseen (CallEnd *end)
{
  g_assert_cmpint (g_atomic_int_get (&end->frames), ==, 0);
  g_assert_cmpint (duo_call_get_safety (end->call), ==, DUO_CALL_SAFETY_NONE);
  g_assert_cmpint (duo_call_get_duration (end->call), ==, 0);
}

static void
expect_stuck (Hostile *hostile, DuoCallState state)
{
  for (guint i = 0; i < 2; i++)
    call_assert_state (&hostile->ends.ends[i], state);
  pump (MOMENT);
  g_assert_cmpuint (hostile->room->meddled, >, 0);
  for (guint i = 0; i < 2; i++) {
    CallEnd *end = &hostile->ends.ends[i];
    g_autofree char *name = duo_call_dup_remote_name (end->call);

    g_assert_cmpint (duo_call_get_state (end->call), ==, state);
    g_assert_cmpint (name == NULL, ==, state == DUO_CALL_STATE_WAITING);
    expect_unseen (end);
  }
}

/* Over for both, and one of them at least says that. */
static void
expect_ended (Hostile *hostile, DuoCallEndReason reason)
{
  guint told = 0;

  for (guint i = 0; i < 2; i++)
    call_assert_state (&hostile->ends.ends[i], DUO_CALL_STATE_ENDED);
  for (guint i = 0; i < 2; i++) {
    CallEnd *end = &hostile->ends.ends[i];
    DuoCallEndReason ended = duo_call_get_end_reason (end->call);

    g_test_message ("%s", duo_enum_nick (DUO_TYPE_CALL_END_REASON, ended));
    g_assert_true (ended == reason || ended == DUO_CALL_END_REMOTE_LEFT);
    told += ended == reason ? 1 : 0;
    expect_unseen (end);
  }
  g_assert_cmpuint (told, >, 0);
}

/* The server can always be in the way; it can never put somebody else there. */
static void
expect_no_stranger (Hostile *hostile)
{
  static const char *const others[] = { "Ben", "Ada" };

  pump (2 * MOMENT);
  for (guint i = 0; i < 2; i++) {
    CallEnd *end = &hostile->ends.ends[i];
    g_autofree char *name = duo_call_dup_remote_name (end->call);
    DuoCallState state = duo_call_get_state (end->call);

    g_test_message ("%s", duo_enum_nick (DUO_TYPE_CALL_STATE, state));
    g_assert_true (name == NULL || g_str_equal (name, others[i]));
    g_assert_cmpint (state, !=, DUO_CALL_STATE_ENDED);
    if (state != DUO_CALL_STATE_CONNECTED && state != DUO_CALL_STATE_RECONNECTING)
      expect_unseen (end);
  }
}

static void
test_case (Hostile *hostile, gconstpointer data)
{
  const Case *test = data;

  join_both (hostile);
  switch (test->outcome) {
  case CONNECTED:
    expect_connected (hostile);
    break;
  case CONNECTING:
    expect_stuck (hostile, DUO_CALL_STATE_CONNECTING);
    break;
  case ALONE:
    expect_stuck (hostile, DUO_CALL_STATE_WAITING);
    break;
  case FOUND_OUT:
    expect_ended (hostile, DUO_CALL_END_FINGERPRINT);
    break;
  case WHATEVER:
  default:
    expect_no_stranger (hostile);
    break;
  }
}

/* In an open room the server can put itself in between, with a connection to each. Nobody but the
 * people can find that out: they see other pictures. */
static void
test_in_between (Hostile *hostile, gconstpointer data)
{
  HostilePeer *eves[2];
  guint emoji[2][4];

  hostile->room->split = TRUE;
  join_both (hostile);
  while (hostile->room->came < 2)
    g_main_context_iteration (NULL, TRUE);
  hostile->room->split = FALSE;

  for (guint i = 0; i < 2; i++) {
    g_autofree char *text =
      g_strdup_printf ("ws://127.0.0.1:%u/parties/main/%u", hostile->room->port, i);
    g_autoptr (DuoJoinLink) link = duo_join_link_parse (text, NULL, NULL);

    eves[i] = hostile_peer_new (link, HOSTILE_PEER_LOWEST);
  }

  for (guint i = 0; i < 2; i++) {
    CallEnd *end = &hostile->ends.ends[i];

    call_assert_state (end, DUO_CALL_STATE_CONNECTED);
    g_assert_true (duo_call_get_flag (end->call, "open-room"));
    g_assert_false (duo_call_get_flag (end->call, "verified"));
    g_assert_true (call_wait_safety (end, DUO_CALL_SAFETY_EMOJI));
    g_assert_true (duo_call_get_safety_emoji (end->call, emoji[i]));
  }
  g_assert_cmpint (memcmp (emoji[0], emoji[1], sizeof emoji[0]), !=, 0);

  for (guint i = 0; i < 2; i++)
    hostile_peer_free (eves[i]);
}

/* A call that goes well does not end because the server wants it to. */
static void
test_throw_out (Hostile *hostile, gconstpointer data)
{
  static const gushort codes[] = { 4000, 4004, 4005, 4003, 1000 };

  join_both (hostile);
  expect_connected (hostile);

  hostile_room_tell (hostile->room, "{\"type\":\"peer-disconnected\",\"peerId\":\"x\"}");
  for (guint i = 0; i < 2; i++) {
    HostileGuest *guest = g_ptr_array_index (hostile->room->guests, 0);
    g_autofree char *gone =
      g_strdup_printf ("{\"type\":\"peer-disconnected\",\"peerId\":\"%s\"}", guest->peer_id);

    hostile_room_tell (hostile->room, gone);
    soup_websocket_connection_close (guest->websocket, codes[i], NULL);
    while (hostile->room->guests->len > 1 - i)
      g_main_context_iteration (NULL, TRUE);
  }
  expect_connected (hostile);
}

/* Before anybody is seen it does, and says why. */
static void
test_turn_away (Hostile *hostile, gconstpointer data)
{
  CallEnd *end = &hostile->ends.ends[0];
  static const struct {
    gushort code;
    DuoCallEndReason reason;
  } cases[] = {
    { 4000, DUO_CALL_END_PROTOCOL }, { 4001, DUO_CALL_END_TAKEN_OVER },
    { 4004, DUO_CALL_END_EXPIRED },  { 4005, DUO_CALL_END_NOT_ALLOWED },
    { 4008, DUO_CALL_END_PROTOCOL }, { 4999, DUO_CALL_END_NOT_ALLOWED },
  };

  call_end_start (&hostile->ends, end, "Ada");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    HostileGuest *guest;

    if (end->session == NULL)
      call_end_renew (&hostile->ends, end, "Ada");
    duo_call_join (end->call);
    call_assert_state (end, DUO_CALL_STATE_WAITING);
    guest = g_ptr_array_index (hostile->room->guests, 0);
    soup_websocket_connection_close (guest->websocket, cases[i].code, "Because!");
    call_assert_state (end, DUO_CALL_STATE_ENDED);
    g_assert_cmpint (duo_call_get_end_reason (end->call), ==, cases[i].reason);
    call_end_close (end);
    /* The next one is to be the only one. */
    while (hostile->room->guests->len > 0)
      g_main_context_iteration (NULL, TRUE);
  }
}

static const Case cases[] = {
  { "sealed/honest", FALSE, NULL, CONNECTED },
  { "sealed/alter", FALSE, meddle_alter_all, ALONE },
  { "sealed/alter-descriptions", FALSE, meddle_alter_descriptions, CONNECTING },
  { "sealed/drop", FALSE, meddle_drop_all, ALONE },
  { "sealed/drop-descriptions", FALSE, meddle_drop_descriptions, CONNECTING },
  { "sealed/replay", FALSE, meddle_replay, CONNECTED },
  { "sealed/reorder", FALSE, meddle_reorder, WHATEVER },
  { "sealed/reflect", FALSE, meddle_reflect, ALONE },
  { "sealed/pass-and-reflect", FALSE, meddle_pass_and_reflect, CONNECTED },
  { "sealed/inject", FALSE, meddle_inject, CONNECTED },
  { "sealed/flood", FALSE, meddle_flood, CONNECTED },
  { "sealed/litter", FALSE, meddle_litter, CONNECTED },
  { "open/honest", TRUE, NULL, CONNECTED },
  { "open/swap-fingerprints", TRUE, meddle_swap_fingerprints, FOUND_OUT },
  { "open/garble-descriptions", TRUE, meddle_garble_descriptions, CONNECTING },
  { "open/drop", TRUE, meddle_drop_all, ALONE },
  { "open/drop-descriptions", TRUE, meddle_drop_descriptions, CONNECTING },
  { "open/replay", TRUE, meddle_replay, WHATEVER },
  { "open/reorder", TRUE, meddle_reorder, CONNECTED },
  { "open/reflect", TRUE, meddle_reflect, ALONE },
  { "open/pass-and-reflect", TRUE, meddle_pass_and_reflect, CONNECTED },
  { "open/flood", TRUE, meddle_flood, CONNECTED },
  { "open/litter", TRUE, meddle_litter, CONNECTED },
  { "greeting/nothing", FALSE, NULL, CONNECTED, "\"x\":1" },
  { "greeting/nonsense", FALSE, NULL, CONNECTED, "\"peers\":7,\"iceServers\":[[]],\"room\":{}" },
  { "greeting/bad-servers",
    FALSE,
    NULL,
    CONNECTED,
    "\"room\":\"x\",\"peers\":[],\"iceServers\":[{\"urls\":[\"javascript:alert(1)\",\"turn:\","
    "\"stun:"
    "a b\",\"turns:x?transport=sctp\",\"turn:127.0.0.1:9?transport=udp\"],\"username\":\"%n%s@/\","
    "\"credential\":\"\"}],\"maxParticipants\":2,\"expiresAt\":1" },
};

static void
keep_silent (const char *domain, GLogLevelFlags level, const char *message, gpointer user_data)
{
}

int
main (int argc, char *argv[])
{
  static const Case open_room = { "", TRUE, NULL, CONNECTED };
  g_autofree char *crowd = make_crowded_greeting ();
  const Case crowded = { "", FALSE, NULL, CONNECTED, crowd };

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);
  /* A line for each frame of a flood would be one of its own. */
  g_log_set_handler ("libsoup", G_LOG_LEVEL_DEBUG, keep_silent, NULL);
  g_log_set_handler ("duo-signaling", G_LOG_LEVEL_DEBUG, keep_silent, NULL);

#define ADD(path, test, function)                                                                  \
  g_test_add (path, Hostile, test, hostile_set_up, function, hostile_tear_down)

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/call-hostile-server/", cases[i].name, NULL);

    ADD (path, &cases[i], test_case);
  }
  ADD ("/call-hostile-server/greeting/crowd", &crowded, test_case);
  ADD ("/call-hostile-server/open/in-between", &open_room, test_in_between);
  ADD ("/call-hostile-server/throw-out", &cases[0], test_throw_out);
  ADD ("/call-hostile-server/turn-away", &cases[0], test_turn_away);

  return g_test_run ();
}
