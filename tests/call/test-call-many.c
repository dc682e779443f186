/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <malloc.h>
#include <stdio.h>
#include <unistd.h>

#include "call-ends.h"

#define CALLS 100
#define WARM_UP 50
#define ALLOWED_KIB (5 * 1024)

/* What a process holds. */
typedef struct {
  long kib;
  int threads;
  int descriptors;
} Holdings;

static int
count_entries (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  int count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;

  return count;
}

static Holdings
take_stock (void)
{
  g_autofree char *text = NULL;
  long size = 0;
  long resident = 0;

  (void) malloc_trim (0);
  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &size, &resident), ==, 2);

  return (Holdings){
    .kib = resident * (sysconf (_SC_PAGESIZE) / 1024),
    .threads = count_entries ("/proc/self/task"),
    .descriptors = count_entries ("/proc/self/fd"),
  };
}

/* Threads and sockets that are on their way out may take a moment. */
static Holdings
settle (const Holdings *wanted)
{
  gint64 deadline = g_get_monotonic_time () + LIMIT;
  Holdings now = take_stock ();

  while (wanted != NULL && g_get_monotonic_time () < deadline &&
         (now.threads > wanted->threads || now.descriptors > wanted->descriptors)) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
    now = take_stock ();
  }

  return now;
}

static void
one_call (CallEnds *ends)
{
  static const char *const names[] = { "Ada", "Ben" };

  for (guint i = 0; i < 2; i++) {
    if (ends->ends[i].session == NULL)
      call_end_renew (ends, &ends->ends[i], names[i]);
    duo_call_join (ends->ends[i].call);
  }
  for (guint i = 0; i < 2; i++)
    call_assert_state (&ends->ends[i], DUO_CALL_STATE_CONNECTED);
  for (guint i = 0; i < 2; i++)
    g_assert_true (call_wait_frames (&ends->ends[i], 3));
  for (guint i = 0; i < 2; i++)
    call_end_close (&ends->ends[i]);
}

static void
test_many (CallEnds *ends, gconstpointer data)
{
  Holdings before;
  Holdings after;

  call_end_start (ends, &ends->ends[0], "Ada");
  call_end_start (ends, &ends->ends[1], "Ben");

  for (guint i = 0; i < WARM_UP; i++)
    one_call (ends);
  before = settle (NULL);
  g_test_message ("After %d: %ld KiB, %d threads, %d descriptors",
                  WARM_UP,
                  before.kib,
                  before.threads,
                  before.descriptors);

  for (guint i = WARM_UP; i < CALLS; i++)
    one_call (ends);
  after = settle (&before);
  g_test_message ("After %d: %ld KiB, %d threads, %d descriptors",
                  CALLS,
                  after.kib,
                  after.threads,
                  after.descriptors);

  g_assert_cmpint (after.kib - before.kib, <, ALLOWED_KIB);
  g_assert_cmpint (after.threads, <=, before.threads);
  g_assert_cmpint (after.descriptors, <=, before.descriptors);
}

int
main (int argc, char *argv[])
{
  /* As the programs do: with an arena for each of the short-lived threads memory only looks lost.
   */
  (void) mallopt (M_ARENA_MAX, 1);

  g_test_init (&argc, &argv, NULL);
  gst_init (NULL, NULL);

  g_test_add ("/call-many/hundred",
              CallEnds,
              NULL,
              call_ends_set_up,
              test_many,
              call_ends_tear_down);

  return g_test_run ();
}
