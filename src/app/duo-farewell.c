/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-farewell.h"

/* A server that does not answer any more must not keep the program alive. */
#define PATIENCE_SECONDS 3

typedef struct {
  /* Owned */
  GApplication *application;
  guint timeout;

  /* Borrowed, watched */
  GObject *call;
} Farewell;

static void
end (Farewell *self)
{
  g_clear_handle_id (&self->timeout, g_source_remove);
  g_application_release (self->application);
  g_clear_object (&self->application);
  g_free (self);
}

static void
on_gone (gpointer user_data, GObject *call)
{
  end (user_data);
}

static gboolean
on_timeout (gpointer user_data)
{
  Farewell *self = user_data;

  self->timeout = 0;
  g_object_weak_unref (self->call, on_gone, self);
  end (self);
  return G_SOURCE_REMOVE;
}

/**
 * duo_farewell_begin:
 * @application: the program
 * @call: a call that was hung up
 *
 * Keeps the program running until the call has told the other side and let go of everything, which
 * is when it is finalized. It does not wait for long.
 */
void
duo_farewell_begin (GApplication *application, GObject *call)
{
  Farewell *self = g_new0 (Farewell, 1);

  self->application = g_object_ref (application);
  self->call = call;
  g_application_hold (application);
  g_object_weak_ref (call, on_gone, self);
  self->timeout = g_timeout_add_seconds (PATIENCE_SECONDS, on_timeout, self);
}
