/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rate-limit.h"
#include "duo-room-request.h"

#define P22 "abcdefghijklmnopqrstuv"
#define L64 "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcd_-"

static const struct {
  const char *path;
  const char *party;
  const char *room;
} addresses[] = {
  { "/parties/main/lobby", "main", "lobby" },
  { "/parties/" L64 "/" L64, L64, L64 },
  { "/party/lobby", "main", "lobby" },
  { "/parties/main/" L64 "x", NULL, NULL },
  { "/parties/main/", NULL, NULL },
  { "/parties/main", NULL, NULL },
  { "/parties//lobby", NULL, NULL },
  { "/parties/main/lobby/", NULL, NULL },
  { "/parties/main/lobby/x/y", NULL, NULL },
  { "/parties/main/lob by", NULL, NULL },
  { "/parties/main/lobb\xc3\xbf", NULL, NULL },
  { "/partiesx/main/lobby", NULL, NULL },
  { "parties/main/lobby", NULL, NULL },
  { "x/parties/main/lobby", NULL, NULL },
  { "/party/a/b", NULL, NULL },
  { "/", NULL, NULL },
  { "", NULL, NULL },
};

static void
test_addresses (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++) {
    g_autoptr (DuoRoomAddress) address = duo_room_address_parse (addresses[i].path);

    g_test_message ("%s", addresses[i].path);
    g_assert_cmpstr (address != NULL ? address->party : NULL, ==, addresses[i].party);
    g_assert_cmpstr (address != NULL ? address->room : NULL, ==, addresses[i].room);
  }
}

static const struct {
  const char *query;
  const char *peer_id;
  const char *secret;
} identities[] = {
  { "_pk=" P22, P22, NULL },
  { "_pk=" P22 "&_rs=" L64, P22, L64 },
  { "_rs=" L64 "&_pk=" P22 "&room=x&_tk=whatever%20", P22, L64 },
  { "_pk=%61bcdefghijklmnopqrstuv", P22, NULL },
  { "_pk=01234567-89ab-cdef-0123-456789abcdef", "01234567-89ab-cdef-0123-456789abcdef", NULL },
  { "_pk=abcdefghijklmnopqrstu", NULL, NULL },
  { "_pk=" L64 "x", NULL, NULL },
  { "_pk=" P22 "&_rs=short", NULL, NULL },
  { "_pk=" P22 "&_rs=", NULL, NULL },
  { "_pk=" P22 "%20", NULL, NULL },
  { "_pk=" P22 "%00", NULL, NULL },
  { "_rs=" L64, NULL, NULL },
  { "&&&=", NULL, NULL },
  { "", NULL, NULL },
  { NULL, NULL, NULL },
};

static void
test_identities (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (identities); i++) {
    g_autoptr (DuoRoomIdentity) identity = duo_room_identity_parse (identities[i].query);

    g_test_message ("%s", identities[i].query);
    g_assert_cmpstr (identity != NULL ? identity->peer_id : NULL, ==, identities[i].peer_id);
    g_assert_cmpstr (identity != NULL ? identity->secret : NULL, ==, identities[i].secret);
  }
}

static void
test_rate_limit (void)
{
  DuoRateLimit limit;

  duo_rate_limit_init (&limit, 50, 200, 0);
  for (guint i = 0; i < 200; i++)
    g_assert_true (duo_rate_limit_take (&limit, 1, 0));
  g_assert_false (duo_rate_limit_take (&limit, 1, 0));
  g_assert_false (duo_rate_limit_take (&limit, 1, 19999));
  g_assert_true (duo_rate_limit_take (&limit, 1, 20000));
  g_assert_false (duo_rate_limit_take (&limit, 1, 20000));

  /* A clock that stands still or goes back gives nothing. */
  g_assert_false (duo_rate_limit_take (&limit, 1, 0));

  /* However long the pause, there is no more than the burst. */
  g_assert_false (duo_rate_limit_take (&limit, 201, G_TIME_SPAN_DAY));
  g_assert_true (duo_rate_limit_take (&limit, 200, G_TIME_SPAN_DAY));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/room-request/addresses", test_addresses);
  g_test_add_func ("/room-request/identities", test_identities);
  g_test_add_func ("/rate-limit", test_rate_limit);

  return g_test_run ();
}
