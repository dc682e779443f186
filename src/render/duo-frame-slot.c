/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "duo-render"

#include "config.h"

#include "duo-frame-slot.h"

/* Pictures that were taken and not drawn for so long are hidden from view, and from then on are
 * refreshed only now and then. */
#define UNSEEN_AFTER (250 * G_TIME_SPAN_MILLISECOND)
#define UNSEEN_INTERVAL (500 * G_TIME_SPAN_MILLISECOND)

struct _DuoFrameSlot {
  gatomicrefcount references;
  GMutex mutex;

  /* Owned */
  GMainContext *context;
  GSource *source;
  DuoVideoPicture *picture;

  /* Borrowed */
  DuoFrameSlotFunc arrived;
  gpointer user_data;

  guint last_writer;
  guint delivering_writer;
  int drawn_width;
  int drawn_height;
  gboolean drawn;
  gint64 undrawn_since;
  gint64 put_at;
};

/**
 * duo_frame_slot_new:
 * @arrived: called when there is a picture to take
 * @user_data: for @arrived
 *
 * Returns: (transfer full): a slot read on the thread-default main context of the caller
 */
DuoFrameSlot *
duo_frame_slot_new (DuoFrameSlotFunc arrived, gpointer user_data)
{
  DuoFrameSlot *self;

  g_return_val_if_fail (arrived != NULL, NULL);

  self = g_new0 (DuoFrameSlot, 1);
  g_atomic_ref_count_init (&self->references);
  g_mutex_init (&self->mutex);
  self->context = g_main_context_ref_thread_default ();
  self->arrived = arrived;
  self->user_data = user_data;
  return self;
}

/**
 * duo_frame_slot_ref:
 * @self: a slot
 *
 * Any thread.
 *
 * Returns: (transfer full): the same
 */
DuoFrameSlot *
duo_frame_slot_ref (DuoFrameSlot *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

/**
 * duo_frame_slot_unref:
 * @self: (transfer full): a slot
 *
 * Any thread.
 */
void
duo_frame_slot_unref (DuoFrameSlot *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;

  g_clear_pointer (&self->picture, duo_video_picture_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_mutex_clear (&self->mutex);
  g_free (self);
}

/**
 * duo_frame_slot_close:
 * @self: a slot
 *
 * The reader goes: it is called no more, and sinks that are still running write into nothing.
 * Main thread.
 */
void
duo_frame_slot_close (DuoFrameSlot *self)
{
  GSource *source;

  g_mutex_lock (&self->mutex);
  self->arrived = NULL;
  source = g_steal_pointer (&self->source);
  g_clear_pointer (&self->picture, duo_video_picture_unref);
  g_mutex_unlock (&self->mutex);

  if (source != NULL) {
    g_source_destroy (source);
    g_source_unref (source);
  }
}

/**
 * duo_frame_slot_add_writer:
 * @self: a slot
 *
 * Returns: the number of a new writer; once it has put a picture, older ones are heard no more
 */
guint
duo_frame_slot_add_writer (DuoFrameSlot *self)
{
  guint writer;

  g_mutex_lock (&self->mutex);
  writer = ++self->last_writer;
  g_mutex_unlock (&self->mutex);

  return writer;
}

/**
 * duo_frame_slot_wants:
 * @self: a slot
 * @writer: who asks
 * @width: (out): how wide pictures are being drawn, in pixels of the screen; 0 if unknown
 * @height: (out): how high
 *
 * Tells whether a frame is worth converting: it is not if a newer sink has taken over, if the
 * reader is gone, or if pictures go unseen (hidden, minimised) and the last is recent enough.
 * Any thread.
 *
 * Returns: whether to put a picture
 */
gboolean
duo_frame_slot_wants (DuoFrameSlot *self, guint writer, int *width, int *height)
{
  gint64 now = g_get_monotonic_time ();
  gboolean seen;
  gboolean wants;

  g_mutex_lock (&self->mutex);
  seen = self->undrawn_since == 0 || now - self->undrawn_since < UNSEEN_AFTER ||
         now - self->put_at >= UNSEEN_INTERVAL;
  wants = self->arrived != NULL && writer >= self->delivering_writer && seen;
  *width = self->drawn_width;
  *height = self->drawn_height;
  g_mutex_unlock (&self->mutex);

  return wants;
}

static gboolean
arrived_cb (gpointer user_data)
{
  DuoFrameSlot *self = user_data;
  DuoFrameSlotFunc arrived;

  g_mutex_lock (&self->mutex);
  g_clear_pointer (&self->source, g_source_unref);
  arrived = self->arrived;
  g_mutex_unlock (&self->mutex);

  if (arrived != NULL)
    arrived (self->user_data);

  return G_SOURCE_REMOVE;
}

/**
 * duo_frame_slot_put:
 * @self: a slot
 * @writer: who puts it
 * @picture: (transfer full): the newest picture
 *
 * Replaces a picture that was not taken yet. The reader is called once for as many as arrive
 * before it gets to run. Any thread.
 */
void
duo_frame_slot_put (DuoFrameSlot *self, guint writer, DuoVideoPicture *picture)
{
  DuoVideoPicture *unwanted = picture;

  g_mutex_lock (&self->mutex);
  if (self->arrived != NULL && writer >= self->delivering_writer) {
    unwanted = self->picture;
    self->picture = picture;
    self->delivering_writer = writer;
    self->put_at = g_get_monotonic_time ();
    self->drawn = FALSE;
    if (self->source == NULL) {
      self->source = g_idle_source_new ();
      g_source_set_priority (self->source, G_PRIORITY_DEFAULT);
      g_source_set_static_name (self->source, "[duologue] frame arrived");
      g_source_set_callback (self->source,
                             arrived_cb,
                             duo_frame_slot_ref (self),
                             (GDestroyNotify) duo_frame_slot_unref);
      g_source_attach (self->source, self->context);
    }
  }
  g_mutex_unlock (&self->mutex);

  g_clear_pointer (&unwanted, duo_video_picture_unref);
}

/**
 * duo_frame_slot_take:
 * @self: a slot
 *
 * Main thread.
 *
 * Returns: (transfer full) (nullable): the newest picture, once
 */
DuoVideoPicture *
duo_frame_slot_take (DuoFrameSlot *self)
{
  DuoVideoPicture *picture;

  g_mutex_lock (&self->mutex);
  picture = g_steal_pointer (&self->picture);
  if (picture != NULL && self->undrawn_since == 0)
    self->undrawn_since = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);

  return picture;
}

/**
 * duo_frame_slot_drawn:
 * @self: a slot
 * @width: in pixels of the screen
 * @height: in pixels of the screen
 *
 * Tells the writers that the picture was drawn just now, and how large. Where several widgets
 * draw the same picture the largest counts. Main thread.
 */
void
duo_frame_slot_drawn (DuoFrameSlot *self, int width, int height)
{
  g_mutex_lock (&self->mutex);
  if (!self->drawn || (gint64) width * height > (gint64) self->drawn_width * self->drawn_height) {
    self->drawn_width = width;
    self->drawn_height = height;
  }
  self->drawn = TRUE;
  self->undrawn_since = 0;
  g_mutex_unlock (&self->mutex);
}
