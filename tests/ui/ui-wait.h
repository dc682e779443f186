/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

/* Runs the main context until CONDITION holds, and fails the test after ten seconds. */
#define ui_wait_until(condition)                                                                   \
  G_STMT_START                                                                                     \
  {                                                                                                \
    gint64 ui_deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;                        \
                                                                                                   \
    while (!(condition)) {                                                                         \
      if (!g_main_context_iteration (NULL, FALSE))                                                 \
        g_usleep (1000);                                                                           \
      if (g_get_monotonic_time () > ui_deadline)                                                   \
        g_error ("%s: waited in vain for: %s", G_STRLOC, #condition);                              \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

/* Runs the main context for a while: for things that must not happen. */
static inline void
ui_run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end) {
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
  }
}
