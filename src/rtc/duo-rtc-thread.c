/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-rtc-thread.h"

/* What hangs must not keep a program from ending. */
#define PATIENCE (5 * G_TIME_SPAN_SECOND)

typedef struct {
  GThreadFunc func;
  gpointer data;
} Work;

static GMutex lock;
static GCond idle;
static guint n_running; /* under the lock */

static gpointer
run (gpointer data)
{
  g_autofree Work *work = data;

  work->func (work->data);

  g_mutex_lock (&lock);
  if (--n_running == 0)
    g_cond_broadcast (&idle);
  g_mutex_unlock (&lock);

  return NULL;
}

/**
 * duo_rtc_thread_start:
 * @name: a name for debuggers
 * @func: (scope async): the work; what it returns is not used
 * @data: passed to @func
 *
 * Does @func on a thread of its own that nobody joins, but that duo_rtc_thread_settle() waits for.
 * Any thread.
 */
void
duo_rtc_thread_start (const char *name, GThreadFunc func, gpointer data)
{
  Work *work = g_new (Work, 1);

  *work = (Work){ .func = func, .data = data };
  g_mutex_lock (&lock);
  n_running++;
  g_mutex_unlock (&lock);

  g_thread_unref (g_thread_new (name, run, work));
}

/**
 * duo_rtc_thread_settle:
 *
 * Waits until the work of all threads is done, five seconds at most. Any thread.
 */
void
duo_rtc_thread_settle (void)
{
  gint64 end = g_get_monotonic_time () + PATIENCE;

  g_mutex_lock (&lock);
  while (n_running > 0 && g_cond_wait_until (&idle, &lock, end))
    continue;
  g_mutex_unlock (&lock);
}
