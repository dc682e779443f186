/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-signal.h"

/**
 * duo_call_signal_new:
 * @klass: the class that is being initialised
 * @name: the signal's name
 * @n_params: how many parameters it has
 * @...: their types
 *
 * Makes a signal of the plainest kind: no default handler, nothing returned.
 *
 * Returns: the signal's id
 */
guint
duo_call_signal_new (gpointer klass, const char *name, guint n_params, ...)
{
  va_list params;
  guint id;

  va_start (params, n_params);
  id = g_signal_new_valist (name,
                            G_TYPE_FROM_CLASS (klass),
                            G_SIGNAL_RUN_LAST,
                            NULL,
                            NULL,
                            NULL,
                            NULL,
                            G_TYPE_NONE,
                            n_params,
                            params);
  va_end (params);

  return id;
}
