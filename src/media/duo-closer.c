/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-closer.h"

#define MOST_PATIENCE (2 * G_USEC_PER_SEC)

/* A capture on its way out. */
typedef struct {
  char *id; /* of its device, or NULL */
  gint64 waited_for_until;
} Leaving;

/**
 * DuoCloser:
 *
 * Closes captures behind everybody's back, and knows which devices would say that they are busy if
 * they were opened now.
 */
struct _DuoCloser {
  GObject parent_instance;

  /* Owned */
  GHashTable *leaving; /* from DuoCapture, which is only looked up, to Leaving */
};

enum {
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCloser, duo_closer, G_TYPE_OBJECT)

static void
leaving_free (gpointer data)
{
  Leaving *leaving = data;

  g_free (leaving->id);
  g_free (leaving);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoCloser) self = user_data;

  duo_capture_stop_finish (DUO_CAPTURE (source), result, NULL);
  g_hash_table_remove (self->leaving, source);
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0);
}

static void
duo_closer_finalize (GObject *object)
{
  DuoCloser *self = DUO_CLOSER (object);

  g_hash_table_unref (self->leaving);

  G_OBJECT_CLASS (duo_closer_parent_class)->finalize (object);
}

static void
duo_closer_class_init (DuoCloserClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = duo_closer_finalize;

  /**
   * DuoCloser::closed:
   *
   * One more is closed.
   */
  signals[SIGNAL_CLOSED] = g_signal_new ("closed",
                                         DUO_TYPE_CLOSER,
                                         G_SIGNAL_RUN_LAST,
                                         0,
                                         NULL,
                                         NULL,
                                         NULL,
                                         G_TYPE_NONE,
                                         0);
}

static void
duo_closer_init (DuoCloser *self)
{
  self->leaving = g_hash_table_new_full (NULL, NULL, NULL, leaving_free);
}

/**
 * duo_closer_new:
 *
 * Returns: (transfer full): a closer
 */
DuoCloser *
duo_closer_new (void)
{
  return g_object_new (DUO_TYPE_CLOSER, NULL);
}

/**
 * duo_closer_close:
 * @capture: what nobody needs any more
 * @device: (nullable): the device that it has open
 *
 * Closes it. From now on nothing of it reaches its feed.
 */
void
duo_closer_close (DuoCloser *self, DuoCapture *capture, DuoDevice *device)
{
  g_return_if_fail (DUO_IS_CLOSER (self));
  g_return_if_fail (DUO_IS_CAPTURE (capture));

  Leaving *leaving = g_new0 (Leaving, 1);

  leaving->id = device != NULL ? g_strdup (duo_device_get_id (device)) : NULL;
  leaving->waited_for_until = g_get_monotonic_time () + MOST_PATIENCE;
  g_hash_table_insert (self->leaving, capture, leaving);
  duo_capture_stop_async (capture, on_stopped, g_object_ref (self));
}

/**
 * duo_closer_get_wait:
 * @device: (nullable): what is to be opened, or %NULL for where no device may be open besides it
 *
 * Returns: how long to leave it alone unless #DuoCloser::closed comes before, in monotonic µs, or
 * 0. Some close only after half a minute, if their camera is gone; nobody waits for those
 */
gint64
duo_closer_get_wait (DuoCloser *self, DuoDevice *device)
{
  GHashTableIter iter;
  gpointer value;
  gint64 until = 0;

  g_return_val_if_fail (DUO_IS_CLOSER (self), 0);

  g_hash_table_iter_init (&iter, self->leaving);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Leaving *leaving = value;

    if (leaving->id != NULL &&
        (device == NULL || strcmp (leaving->id, duo_device_get_id (device)) == 0))
      until = MAX (until, leaving->waited_for_until);
  }
  return until > g_get_monotonic_time () ? until : 0;
}

/**
 * duo_closer_is_idle:
 *
 * Returns: whether all are closed
 */
gboolean
duo_closer_is_idle (DuoCloser *self)
{
  g_return_val_if_fail (DUO_IS_CLOSER (self), TRUE);

  return g_hash_table_size (self->leaving) == 0;
}
