/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-wakeup.h"

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  g_source_set_ready_time (source, -1);
  return callback (user_data);
}

/**
 * duo_wakeup_new:
 * @callback: called once for every time that is set; returns %G_SOURCE_CONTINUE
 * @user_data: for @callback
 *
 * Makes an alarm clock for an object that looks after itself whenever something has changed. It
 * rings when g_source_set_ready_time() says, 0 being soon.
 *
 * Returns: (transfer full): a source on the thread-default main context; destroy it before
 * @user_data
 */
GSource *
duo_wakeup_new (GSourceFunc callback, gpointer user_data)
{
  static GSourceFuncs funcs = { .dispatch = dispatch };
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();
  GSource *source = g_source_new (&funcs, sizeof (GSource));

  g_source_set_callback (source, callback, user_data, NULL);
  g_source_attach (source, context);
  return source;
}
