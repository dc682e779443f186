/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "duo-envelope.h"
#include "duo-json.h"

#include <string.h>

/* What chat servers and their clients say, in rooms of both kinds. */

#define ADA "AdaAdaAdaAdaAdaAdaAda0"
#define BOB "Bob_Bob-Bob_Bob-Bob_01"
#define ROOM "lounge"

#define CANDIDATE "{\"candidate\":\"candidate:1 1 UDP 1 10.0.0.1 9 typ host\",\"sdpMLineIndex\":0}"

typedef struct {
  const char *frame;
  int type; /* -1 for one that is not taken */
  const char *from;
  const char *name;
} Heard;

static const Heard frames[] = {
  { "{\"type\":\"room_joined\",\"roomId\":\"lounge\",\"peers\":[{\"id\":\"c-1\",\"displayName\":"
    "\"Charles\","
    "\"joinedAt\":1}]}",
    DUO_PEER_MESSAGE_JOIN_ROOM,
    "c-1",
    "Charles" },
  { "{\"type\":\"peer_joined\",\"peer\":{\"id\":\"c-1\",\"displayName\":\"Char\\nles\"}}",
    DUO_PEER_MESSAGE_JOIN_ROOM,
    "c-1",
    "Charles" },
  { "{\"type\":\"peer_joined\",\"peer\":{\"id\":\"c-1\"}}", DUO_PEER_MESSAGE_JOIN_ROOM, "c-1", "" },
  { "{\"type\":\"join_room\",\"roomId\":\"lounge\",\"peerId\":\"c-1\",\"displayName\":\"Charles\"}",
    DUO_PEER_MESSAGE_JOIN_ROOM,
    "c-1",
    "Charles" },
  { "{\"type\":\"peer_left\",\"peerId\":\"c-1\"}", DUO_PEER_MESSAGE_LEAVE_ROOM, "c-1", NULL },
  { "{\"type\":\"leave_room\",\"roomId\":\"lounge\",\"peerId\":\"c-1\"}",
    DUO_PEER_MESSAGE_LEAVE_ROOM,
    "c-1",
    NULL },
  { "{\"type\":\"ice_candidate\",\"from\":\"c-1\",\"to\":\"" ADA "\",\"candidate\":" CANDIDATE "}",
    DUO_PEER_MESSAGE_ICE_CANDIDATE,
    "c-1",
    NULL },
  /* Nobody, or nobody who could be spoken to. */
  { "{\"type\":\"room_joined\",\"roomId\":\"lounge\",\"peers\":[]}", -1, NULL, NULL },
  { "{\"type\":\"room_joined\",\"roomId\":\"lounge\",\"peers\":[1]}", -1, NULL, NULL },
  { "{\"type\":\"room_joined\",\"roomId\":\"lounge\"}", -1, NULL, NULL },
  { "{\"type\":\"peer_joined\",\"peer\":{\"id\":\"a b\"}}", -1, NULL, NULL },
  { "{\"type\":\"peer_joined\",\"peer\":{\"id\":\"c-1\",\"displayName\":1}}",
    DUO_PEER_MESSAGE_JOIN_ROOM,
    "c-1",
    "" },
  { "{\"type\":\"peer_joined\",\"peer\":\"c-1\"}", -1, NULL, NULL },
  { "{\"type\":\"peer_left\",\"peerId\":7}", -1, NULL, NULL },
  /* Ourselves, and somebody else's. */
  { "{\"type\":\"peer_joined\",\"peer\":{\"id\":\"" ADA "\"}}", -1, NULL, NULL },
  { "{\"type\":\"ice_candidate\",\"from\":\"c-1\",\"to\":\"c-2\",\"candidate\":" CANDIDATE "}",
    -1,
    NULL,
    NULL },
};

static DuoPeerMessage *
hear (DuoEnvelope *envelope, const char *text, char **from)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) frame = duo_json_parse (text, strlen (text), &error);
  gboolean addressed = FALSE;

  g_assert_no_error (error);

  return duo_envelope_unwrap (envelope, frame, from, &addressed, NULL);
}

static void
test_hears (void)
{
  g_autoptr (DuoEnvelope) envelope = duo_envelope_new (ROOM, ADA, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++) {
    g_autofree char *from = NULL;
    g_autoptr (DuoPeerMessage) message = hear (envelope, frames[i].frame, &from);

    g_test_message ("%s", frames[i].frame);
    g_assert_cmpint (message != NULL ? (int) message->type : -1, ==, frames[i].type);
    g_assert_cmpstr (from, ==, frames[i].from);
    if (frames[i].name != NULL)
      g_assert_cmpstr (message->display_name, ==, frames[i].name);
  }
}

/* A room with a code has nothing to do with it, sealed or not. */
static void
test_not_where_there_is_a_code (void)
{
  g_autoptr (GBytes) key = g_bytes_new_take (g_strnfill (32, 'k'), 32);
  g_autoptr (DuoEnvelope) ada = duo_envelope_new (ROOM, ADA, key);
  g_autoptr (DuoEnvelope) bob = duo_envelope_new (ROOM, BOB, key);
  g_autoptr (DuoPeerMessage) join_room = duo_peer_message_new (DUO_PEER_MESSAGE_JOIN_ROOM);
  g_autofree char *sealed = duo_envelope_wrap (bob, join_room, ADA, NULL);
  g_autofree char *from = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    g_assert_null (hear (ada, frames[i].frame, &from));
  g_assert_null (hear (ada, sealed, &from));
}

static JsonObject *
say (DuoEnvelope *envelope, DuoPeerMessageType type, const char *to)
{
  g_autoptr (DuoPeerMessage) message = duo_peer_message_new (type);
  g_autofree char *text = NULL;

  message->display_name = g_strdup ("Ada");
  text = duo_envelope_wrap (envelope, message, to, NULL);

  return duo_json_parse (text, strlen (text), NULL);
}

static void
assert_candidate_is (DuoEnvelope *envelope, const char *type)
{
  g_autoptr (JsonObject) frame = say (envelope, DUO_PEER_MESSAGE_ICE_CANDIDATE, "c-1");

  g_assert_cmpstr (json_object_get_string_member (frame, "type"), ==, type);
  g_assert_cmpstr (json_object_get_string_member (frame, "from"), ==, ADA);
  g_assert_cmpstr (json_object_get_string_member (frame, "to"), ==, "c-1");
}

static void
test_answers_in_kind (void)
{
  static const char hello[] = "{\"type\":\"hello\",\"from\":\"" BOB
                              "\",\"displayName\":\"Bob\",\"client\":\"duologue\",\"offers\":1,"
                              "\"reply\":false,\"epoch\":0,\"connected\":false}";
  g_autoptr (DuoEnvelope) envelope = duo_envelope_new (ROOM, ADA, NULL);
  g_autoptr (DuoPeerMessage) joined = NULL;
  g_autoptr (DuoPeerMessage) greeted = NULL;
  g_autofree char *chat = NULL;
  g_autofree char *bob = NULL;

  assert_candidate_is (envelope, "ice-candidate");
  joined = hear (envelope, frames[0].frame, &chat);
  assert_candidate_is (envelope, "ice_candidate");
  greeted = hear (envelope, hello, &bob);
  g_assert_nonnull (greeted);
  assert_candidate_is (envelope, "ice-candidate");
}

static void
test_asks_to_be_let_in (void)
{
  g_autoptr (DuoEnvelope) envelope = duo_envelope_new (ROOM, ADA, NULL);
  g_autoptr (JsonObject) frame = say (envelope, DUO_PEER_MESSAGE_JOIN_ROOM, NULL);

  g_assert_cmpstr (json_object_get_string_member (frame, "type"), ==, "join_room");
  g_assert_cmpstr (json_object_get_string_member (frame, "roomId"), ==, ROOM);
  g_assert_cmpstr (json_object_get_string_member (frame, "peerId"), ==, ADA);
  g_assert_cmpstr (json_object_get_string_member (frame, "displayName"), ==, "Ada");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dialect/hears", test_hears);
  g_test_add_func ("/dialect/not-where-there-is-a-code", test_not_where_there_is_a_code);
  g_test_add_func ("/dialect/answers-in-kind", test_answers_in_kind);
  g_test_add_func ("/dialect/asks-to-be-let-in", test_asks_to_be_let_in);

  return g_test_run ();
}
