/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <malloc.h>
#include <stdio.h>
#include <string.h>

#include "rtc-pair.h"

#define WARM_UP 10
#define CYCLES 50
#define HASTY_CYCLES 10

/* What may be added over all cycles but the first. Caches fill slowly; a leak of one connection is
 * larger than this after forty of them. */
#define MAX_GROWTH_KIB (5 * 1024)

typedef struct {
  guint threads;
  guint descriptors;
  guint memory_kib;
} Usage;

static guint
read_status (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;
  guint value = 0;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, field);
  g_assert_nonnull (line);
  g_assert_cmpint (sscanf (line + strlen (field), ": %u", &value), ==, 1);

  return value;
}

static guint
count_descriptors (void)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/fd", 0, NULL);
  guint n = 0;

  g_assert_nonnull (dir);
  while (g_dir_read_name (dir) != NULL)
    n++;

  return n;
}

static Usage
measure (void)
{
  malloc_trim (0);

  return (Usage){ .threads = read_status ("\nThreads"),
                  .descriptors = count_descriptors (),
                  .memory_kib = read_status ("\nRssAnon") };
}

static gboolean
both_see_each_other (RtcPair *pair)
{
  return pair->offerer.first_frame && pair->answerer.first_frame;
}

static void
connect_once (void)
{
  RtcPair *pair = rtc_pair_new ();

  rtc_pair_connect (pair);
  rtc_wait_until (both_see_each_other (pair));
  rtc_pair_free (pair);
}

static void
test_rebuild (void)
{
  Usage before, after;

  for (guint i = 0; i < WARM_UP; i++)
    connect_once ();
  before = measure ();

  for (guint i = WARM_UP; i < CYCLES; i++)
    connect_once ();
  /* What the last threads hold goes with them. */
  rtc_wait_until (read_status ("\nThreads") <= before.threads &&
                  count_descriptors () <= before.descriptors);
  after = measure ();

  g_test_message ("threads %u to %u, descriptors %u to %u, memory %u to %u KiB",
                  before.threads,
                  after.threads,
                  before.descriptors,
                  after.descriptors,
                  before.memory_kib,
                  after.memory_kib);
#ifndef __SANITIZE_ADDRESS__
  /* The sanitizer keeps what was freed. */
  g_assert_cmpuint (after.memory_kib, <=, before.memory_kib + MAX_GROWTH_KIB);
#endif
}

/* Streams begin while the connection is closed: nothing waits for those who are no longer there. */
static void
test_close_at_once (void)
{
  for (guint i = 0; i < HASTY_CYCLES; i++) {
    RtcPair *pair = rtc_pair_new ();

    rtc_pair_connect (pair);
    rtc_pair_free (pair);
  }
}

int
main (int argc, char **argv)
{
  /* One arena: with one per thread, what is measured is how they fragment. */
  mallopt (M_ARENA_MAX, 1);

  g_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);

  g_test_add_func ("/rtc/rebuild", test_rebuild);
  g_test_add_func ("/rtc/close-at-once", test_close_at_once);

  return g_test_run ();
}
