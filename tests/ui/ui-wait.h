/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Runs the main context until CONDITION holds, and fails the test after half a minute. */
#define ui_wait_until(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 ui_deadline = g_get_monotonic_time () + 30 * G_TIME_SPAN_SECOND;                        \
                                                                                                   \
    while (!(condition)) {                                                                         \
      if (!g_main_context_iteration (NULL, FALSE))                                                 \
        g_usleep (1000);                                                                           \
      if (g_get_monotonic_time () > ui_deadline)                                                   \
        g_error ("%s: waited in vain for: %s", G_STRLOC, #condition);                              \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

static inline gboolean
ui_settled_cb (gpointer settled)
{
  *(gboolean *) settled = TRUE;
  return G_SOURCE_REMOVE;
}

/* Runs the main context until all is done that was to be done in it, however long that takes. */
static inline void
ui_settle (void)
{
  gboolean settled = FALSE;

  g_idle_add_full (G_PRIORITY_LOW, ui_settled_cb, &settled, NULL);
  ui_wait_until (settled);
}

/* Runs the main context for a while: for things that must not happen. On a busy machine that may be
 * not at all. */
static inline void
ui_run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}
