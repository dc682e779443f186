/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib.h>

#include "duo-pairing.h"

#define SECOND G_USEC_PER_SEC

/* PEERs whose order is the alphabet's. */
#define US "mmmmmmmmmmmmmmmmmmmmmm"
#define LOW "aaaaaaaaaaaaaaaaaaaaaa"
#define HIGH "zzzzzzzzzzzzzzzzzzzzzz"
#define OTHER "bbbbbbbbbbbbbbbbbbbbbb"

#define NONE DUO_PAIRING_MEDIA_NONE
#define FLOWING DUO_PAIRING_MEDIA_FLOWING
#define LOST DUO_PAIRING_MEDIA_LOST

#define REPLY DUO_PAIRING_REPLY
#define ADOPT DUO_PAIRING_ADOPT
#define START DUO_PAIRING_START
#define BUSY DUO_PAIRING_BUSY
#define HOLD DUO_PAIRING_HOLD
#define ANSWER DUO_PAIRING_ANSWER

static const DuoHello broadcast = { .offers = 1 };
static const DuoHello reply = { .offers = 1, .reply = TRUE, .addressed = TRUE };
static const DuoHello connected = { .offers = 1, .connected = TRUE };
static const DuoHello browser = { .offers = 0 };

typedef struct {
  const char *from;
  const DuoHello *hello;
  DuoPairingMedia media;
  guint actions;
} Step;

typedef struct {
  const char *name;
  Step steps[4];
  const char *remote;
  gboolean offerer;
  gboolean confirmed;
} Case;

static const Case cases[] = {
  { "first hello of a lower peer",
    { { LOW, &broadcast, NONE, REPLY | ADOPT | START } },
    LOW,
    TRUE },
  { "first hello of a higher peer", { { HIGH, &broadcast, NONE, REPLY | ADOPT } }, HIGH, FALSE },
  { "a browser never offers to us",
    { { HIGH, &browser, NONE, REPLY | ADOPT | START } },
    HIGH,
    TRUE },
  { "our own echo", { { US, &broadcast, NONE, 0 } }, NULL, FALSE },
  { "an answer to our hello", { { LOW, &reply, NONE, ADOPT | START } }, LOW, TRUE, TRUE },
  { "both at once",
    { { LOW, &broadcast, NONE, REPLY | ADOPT | START }, { LOW, &reply, NONE, 0 } },
    LOW,
    TRUE,
    TRUE },
  { "a provisional peer is replaceable",
    { { LOW, &broadcast, NONE, REPLY | ADOPT | START }, { HIGH, &broadcast, NONE, REPLY | ADOPT } },
    HIGH,
    FALSE },
  { "a confirmed one is not",
    { { LOW, &reply, NONE, ADOPT | START }, { HIGH, &broadcast, NONE, HOLD } },
    LOW,
    TRUE,
    TRUE },
  { "nor one that we see",
    { { LOW, &reply, NONE, ADOPT | START }, { HIGH, &broadcast, FLOWING, HOLD } },
    LOW,
    TRUE,
    TRUE },
  { "a lost one is",
    { { LOW, &reply, NONE, ADOPT | START }, { HIGH, &broadcast, LOST, REPLY | ADOPT } },
    HIGH,
    FALSE },
  { "server was away, media flowed on",
    { { LOW, &reply, NONE, ADOPT | START }, { LOW, &connected, FLOWING, REPLY } },
    LOW,
    TRUE,
    TRUE },
  { "the other lost us",
    { { LOW, &reply, NONE, ADOPT | START }, { LOW, &broadcast, FLOWING, REPLY | START } },
    LOW,
    TRUE,
    TRUE },
  { "we lost the other",
    { { LOW, &reply, NONE, ADOPT | START }, { LOW, &connected, LOST, REPLY | START } },
    LOW,
    TRUE,
    TRUE },
  { "we lost the other, which offers",
    { { HIGH, &reply, NONE, ADOPT }, { HIGH, &connected, LOST, REPLY } },
    HIGH,
    FALSE,
    TRUE },
  { "it answers our hello after a loss",
    { { LOW, &reply, NONE, ADOPT | START }, { LOW, &reply, LOST, START } },
    LOW,
    TRUE,
    TRUE },
};

static void
test_hello (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (DuoPairing) pairing = duo_pairing_new (US, 1, FALSE);

    g_test_message ("%s", cases[i].name);
    for (gsize j = 0; j < G_N_ELEMENTS (cases[i].steps) && cases[i].steps[j].from != NULL; j++) {
      const Step *step = &cases[i].steps[j];

      g_assert_cmpuint (duo_pairing_hello (pairing, step->from, step->hello, step->media, 1),
                        ==,
                        step->actions);
    }
    g_assert_cmpstr (duo_pairing_get_remote (pairing), ==, cases[i].remote);
    g_assert_cmpint (duo_pairing_is_offerer (pairing), ==, cases[i].offerer);
    g_assert_cmpint (duo_pairing_is_confirmed (pairing), ==, cases[i].confirmed);
  }
}

static void
test_stranger (void)
{
  static const struct {
    const char *name;
    DuoPairingMedia media;
    gint64 last_sign;
    gint64 now;
    guint actions;
  } judgements[] = {
    { "too early to say", FLOWING, 10 * SECOND, 10 * SECOND, 0 },
    { "alive at the hello proves nothing", FLOWING, 10 * SECOND, 11 * SECOND, 0 },
    { "alive later: busy", FLOWING, 11 * SECOND + 1, 11 * SECOND + 2, BUSY },
    { "silent: the same person again", FLOWING, 10 * SECOND, 12 * SECOND + 1, REPLY | ADOPT },
    { "lost meanwhile", LOST, 10 * SECOND, 10 * SECOND + 1, REPLY | ADOPT },
    { "still connecting", NONE, 0, 15 * SECOND, 0 },
    { "connecting for too long", NONE, 0, 16 * SECOND + 1, REPLY | ADOPT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (judgements); i++) {
    g_autoptr (DuoPairing) pairing = duo_pairing_new (US, 1, FALSE);
    g_autofree char *stranger = NULL;
    guint actions;

    g_test_message ("%s", judgements[i].name);
    duo_pairing_hello (pairing, LOW, &reply, NONE, 1);
    g_assert_cmpuint (duo_pairing_hello (pairing, HIGH, &broadcast, FLOWING, 10 * SECOND),
                      ==,
                      HOLD);

    actions = duo_pairing_judge (pairing,
                                 judgements[i].media,
                                 judgements[i].last_sign,
                                 judgements[i].now,
                                 &stranger);
    g_assert_cmpuint (actions, ==, judgements[i].actions);
    g_assert_cmpstr (stranger, ==, actions != 0 ? HIGH : NULL);
    g_assert_cmpstr (duo_pairing_get_remote (pairing), ==, (actions & ADOPT) != 0 ? HIGH : LOW);
  }
}

static void
test_stranger_leaves (void)
{
  g_autoptr (DuoPairing) pairing = duo_pairing_new (US, 1, FALSE);

  duo_pairing_hello (pairing, LOW, &reply, NONE, 1);
  duo_pairing_hello (pairing, HIGH, &broadcast, FLOWING, 10);
  duo_pairing_drop (pairing, HIGH);
  g_assert_cmpuint (duo_pairing_judge (pairing, LOST, 0, 100 * SECOND, NULL), ==, 0);
  g_assert_cmpstr (duo_pairing_get_remote (pairing), ==, LOW);

  duo_pairing_drop (pairing, LOW);
  g_assert_null (duo_pairing_get_remote (pairing));
}

static void
test_offer (void)
{
  static const struct {
    const char *name;
    gboolean open_room;
    const char *greeted; /* who said hello before */
    const char *from;
    DuoPairingMedia media;
    guint actions;
  } offers[] = {
    { "the offerer's", FALSE, HIGH, HIGH, NONE, ANSWER },
    { "the answerer's", FALSE, LOW, LOW, NONE, 0 },
    { "nobody said hello", FALSE, NULL, HIGH, NONE, 0 },
    { "nobody said hello in an open room", TRUE, NULL, LOW, NONE, ADOPT | ANSWER },
    { "a stranger's", FALSE, LOW, HIGH, NONE, 0 },
    { "a stranger's in an open room, provisional", TRUE, LOW, OTHER, NONE, ADOPT | ANSWER },
    { "a stranger's in an open room, taken", TRUE, LOW, OTHER, FLOWING, 0 },
    { "our own echo", TRUE, NULL, US, NONE, 0 },
    { "of somebody without a name", TRUE, NULL, "", NONE, ADOPT | ANSWER },
    { "of somebody without a name, taken", TRUE, LOW, "", FLOWING, 0 },
    { "of somebody without a name, the other was lost", TRUE, LOW, "", LOST, ADOPT | ANSWER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (offers); i++) {
    g_autoptr (DuoPairing) pairing = duo_pairing_new (US, 1, offers[i].open_room);

    g_test_message ("%s", offers[i].name);
    if (offers[i].greeted != NULL)
      duo_pairing_hello (pairing, offers[i].greeted, &broadcast, NONE, 1);
    g_assert_cmpuint (duo_pairing_offer (pairing, offers[i].from, offers[i].media),
                      ==,
                      offers[i].actions);
    if ((offers[i].actions & ANSWER) != 0) {
      g_assert_cmpstr (duo_pairing_get_remote (pairing), ==, offers[i].from);
      g_assert_true (duo_pairing_is_confirmed (pairing));
      g_assert_false (duo_pairing_is_offerer (pairing));
      g_assert_cmpint (duo_pairing_is_plain (pairing), ==, offers[i].greeted != offers[i].from);
    }
  }
}

/* Somebody who never says hello offers again and again, whatever we do; until it does say hello. */
static void
test_plain (void)
{
  g_autoptr (DuoPairing) pairing = duo_pairing_new (US, 1, TRUE);

  g_assert_false (duo_pairing_is_plain (pairing));
  g_assert_false (duo_pairing_answer (pairing, US));
  g_assert_true (duo_pairing_answer (pairing, ""));
  g_assert_true (duo_pairing_is_plain (pairing));
  g_assert_true (duo_pairing_is_confirmed (pairing));
  g_assert_cmpstr (duo_pairing_get_remote (pairing), ==, "");
  g_assert_false (duo_pairing_answer (pairing, LOW));
  g_assert_true (duo_pairing_heard (pairing, "", FALSE));

  g_assert_cmpuint (duo_pairing_offer (pairing, "", NONE), ==, ANSWER);
  g_assert_cmpuint (duo_pairing_offer (pairing, "", FLOWING), ==, ANSWER);
  g_assert_cmpuint (duo_pairing_hello (pairing, HIGH, &broadcast, FLOWING, 1), ==, HOLD);

  duo_pairing_drop (pairing, NULL);
  g_assert_true (duo_pairing_answer (pairing, LOW));
  g_assert_cmpuint (duo_pairing_hello (pairing, LOW, &broadcast, NONE, 1), ==, REPLY | START);
  g_assert_false (duo_pairing_is_plain (pairing));
}

/* In a room with a code nobody answers what went to everybody. */
static void
test_closed_room (void)
{
  g_autoptr (DuoPairing) pairing = duo_pairing_new (US, 1, FALSE);

  g_assert_false (duo_pairing_answer (pairing, LOW));
  g_assert_null (duo_pairing_get_remote (pairing));
}

static void
test_heard (void)
{
  g_autoptr (DuoPairing) pairing = duo_pairing_new (US, 1, FALSE);

  g_assert_false (duo_pairing_heard (pairing, LOW, TRUE));
  duo_pairing_hello (pairing, LOW, &broadcast, NONE, 1);
  g_assert_false (duo_pairing_is_confirmed (pairing));
  g_assert_true (duo_pairing_heard (pairing, LOW, FALSE));
  g_assert_false (duo_pairing_is_confirmed (pairing));
  g_assert_true (duo_pairing_heard (pairing, LOW, TRUE));
  g_assert_true (duo_pairing_is_confirmed (pairing));
  g_assert_false (duo_pairing_heard (pairing, HIGH, TRUE));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pairing/hello", test_hello);
  g_test_add_func ("/pairing/stranger", test_stranger);
  g_test_add_func ("/pairing/stranger-leaves", test_stranger_leaves);
  g_test_add_func ("/pairing/offer", test_offer);
  g_test_add_func ("/pairing/heard", test_heard);
  g_test_add_func ("/pairing/plain", test_plain);
  g_test_add_func ("/pairing/closed-room", test_closed_room);

  return g_test_run ();
}
