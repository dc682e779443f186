/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-candidate-queue.h"
#include "duo-candidate.h"
#include "duo-rtc-error.h"

typedef enum {
  USED,
  IGNORED,
  REFUSED,
} Outcome;

static const struct {
  const char *name;
  const char *candidate;
  Outcome outcome;
} cases[] = {
  { "host", "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host", USED },
  { "with-a", "a=candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host", USED },
  { "lower-case", "candidate:1 1 udp 2015363327 192.0.2.1 40000 typ host", USED },
  { "ipv6", "candidate:1 1 UDP 2015363327 2001:db8::1 40000 typ host", USED },
  { "chromium",
    "candidate:842163049 1 udp 1677729535 192.0.2.7 46154 typ srflx raddr 10.0.0.17 rport 46154 "
    "generation 0 ufrag EEtu network-cost 999",
    USED },
  { "relay",
    "candidate:4 1 UDP 100401151 192.0.2.9 49203 typ relay raddr 192.0.2.1 rport 40000",
    USED },
  { "prflx", "candidate:5 1 UDP 1 192.0.2.1 1 typ prflx raddr 0.0.0.0 rport 0", USED },
  { "foundation", "candidate:a+/9 1 UDP 2015363327 192.0.2.1 40000 typ host", USED },

  { "multicast-name",
    "candidate:0 1 UDP 2122252543 7f6a1c2e-9c55-4a9b-8a2e-2d0c9d3b8f11.local 50000 typ host",
    IGNORED },
  { "tcp", "candidate:1 1 tcp 1015021823 192.0.2.1 9 typ host tcptype active", IGNORED },
  { "rtcp", "candidate:1 2 UDP 2015363327 192.0.2.1 40001 typ host", IGNORED },
  { "any", "candidate:1 1 UDP 2015363327 0.0.0.0 40000 typ host", IGNORED },
  { "multicast", "candidate:1 1 UDP 2015363327 224.0.0.251 5353 typ host", IGNORED },
  { "port-zero", "candidate:1 1 UDP 2015363327 192.0.2.1 0 typ host", IGNORED },

  { "empty", "", REFUSED },
  { "bare", "candidate:", REFUSED },
  { "garbage", "garbage", REFUSED },
  { "short", "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ", REFUSED },
  { "two-spaces", "candidate:1  1 UDP 2015363327 192.0.2.1 40000 typ host", REFUSED },
  { "foundation-sign", "candidate:1# 1 UDP 2015363327 192.0.2.1 40000 typ host", REFUSED },
  { "foundation-long",
    "candidate:123456789012345678901234567890123 1 UDP 2015363327 192.0.2.1 40000 typ host",
    REFUSED },
  { "component-zero", "candidate:1 0 UDP 2015363327 192.0.2.1 40000 typ host", REFUSED },
  { "component-large", "candidate:1 257 UDP 2015363327 192.0.2.1 40000 typ host", REFUSED },
  { "component-text", "candidate:1 x UDP 2015363327 192.0.2.1 40000 typ host", REFUSED },
  { "priority-negative", "candidate:1 1 UDP -1 192.0.2.1 40000 typ host", REFUSED },
  { "priority-large", "candidate:1 1 UDP 4294967296 192.0.2.1 40000 typ host", REFUSED },
  { "host-name", "candidate:1 1 UDP 2015363327 example.org 40000 typ host", REFUSED },
  { "address-text", "candidate:1 1 UDP 2015363327 1.2.3 40000 typ host", REFUSED },
  { "port-large", "candidate:1 1 UDP 2015363327 192.0.2.1 65536 typ host", REFUSED },
  { "port-sign", "candidate:1 1 UDP 2015363327 192.0.2.1 +1 typ host", REFUSED },
  { "type-unknown", "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ guest", REFUSED },
  { "no-typ", "candidate:1 1 UDP 2015363327 192.0.2.1 40000 type host", REFUSED },
  { "odd-extension", "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host generation", REFUSED },
  { "related-name",
    "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ srflx raddr example.org rport 1",
    REFUSED },
  { "related-port",
    "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ srflx raddr 10.0.0.1 rport x",
    REFUSED },
  { "line-end", "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host\r\na=x", REFUSED },
  { "not-ascii", "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ höst", REFUSED },
};

static void
test_case (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (GError) error = NULL;
  gboolean ignore = FALSE;
  gboolean good = duo_candidate_check (cases[i].candidate, &ignore, &error);

  if (cases[i].outcome == REFUSED) {
    g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE);
    g_assert_false (good);
  } else {
    g_assert_no_error (error);
    g_assert_true (good);
    g_assert_cmpint (ignore, ==, cases[i].outcome == IGNORED);
  }
}

static void
test_length (void)
{
  g_autoptr (GString) candidate =
    g_string_new ("candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host");
  g_autoptr (GError) error = NULL;
  gboolean ignore;

  while (candidate->len + 4 <= DUO_CANDIDATE_MAX_LENGTH)
    g_string_append (candidate, " a b");
  g_assert_true (duo_candidate_check (candidate->str, &ignore, NULL));

  g_string_append (candidate, " a b");
  g_assert_false (duo_candidate_check (candidate->str, &ignore, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE);
}

#define HOST "candidate:1 1 UDP 2015363327 192.0.2.1 40000 typ host"
#define LOCAL "candidate:1 1 UDP 2015363327 name.local 40000 typ host"

/* In order, without the useless ones, and never more than there may be. */
static void
test_queue (void)
{
  DuoCandidateQueue queue;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  duo_candidate_queue_init (&queue);
  g_assert_null (duo_candidate_queue_pop (&queue));
  g_assert_true (duo_candidate_queue_push (&queue, HOST, NULL));
  g_assert_true (duo_candidate_queue_push (&queue, LOCAL, NULL));
  g_assert_false (duo_candidate_queue_push (&queue, "candidate:", NULL));
  g_assert_true (duo_candidate_queue_push (&queue, "", NULL));

  first = duo_candidate_queue_pop (&queue);
  second = duo_candidate_queue_pop (&queue);
  g_assert_cmpstr (first, ==, HOST);
  g_assert_cmpstr (second, ==, "");
  g_assert_null (duo_candidate_queue_pop (&queue));

  for (guint i = 3; i < DUO_CANDIDATE_QUEUE_MAX; i++)
    g_assert_true (duo_candidate_queue_push (&queue, LOCAL, NULL));
  g_assert_false (duo_candidate_queue_push (&queue, HOST, &error));
  g_assert_error (error, DUO_RTC_ERROR, DUO_RTC_ERROR_CANDIDATE);

  duo_candidate_queue_clear (&queue);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/rtc/candidate/", cases[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_case);
  }
  g_test_add_func ("/rtc/candidate/length", test_length);
  g_test_add_func ("/rtc/candidate/queue", test_queue);

  return g_test_run ();
}
