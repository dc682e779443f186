/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-sound-level.h"

#include <math.h>

#define SCALE 1000000

struct _DuoSoundLevel {
  gatomicrefcount references;
  int level; /* atomic, in millionths */
};

static GstPadProbeReturn
on_buffer (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  DuoSoundLevel *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  GstMapInfo map;

  if (gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    /* Buffers of the decoder are aligned far beyond two bytes. */
    double level =
      duo_sound_level_of ((const gint16 *) (gconstpointer) map.data, map.size / sizeof (gint16));

    g_atomic_int_set (&self->level, (int) (level * SCALE));
    gst_buffer_unmap (buffer, &map);
  }

  return GST_PAD_PROBE_OK;
}

static DuoSoundLevel *
duo_sound_level_ref (DuoSoundLevel *self)
{
  g_atomic_ref_count_inc (&self->references);

  return self;
}

/**
 * duo_sound_level_new:
 *
 * Returns: (transfer full): a level of 0
 */
DuoSoundLevel *
duo_sound_level_new (void)
{
  DuoSoundLevel *self = g_new0 (DuoSoundLevel, 1);

  g_atomic_ref_count_init (&self->references);

  return self;
}

/**
 * duo_sound_level_unref:
 * @self: (transfer full): a level
 *
 * Drops a reference; any thread.
 */
void
duo_sound_level_unref (DuoSoundLevel *self)
{
  g_return_if_fail (self != NULL);

  if (g_atomic_ref_count_dec (&self->references))
    g_free (self);
}

/**
 * duo_sound_level_watch:
 * @self: a level
 * @sink: an element whose `sink` pad gets S16LE, one channel
 *
 * Measures what goes into @sink from now on, until the sink is gone.
 */
void
duo_sound_level_watch (DuoSoundLevel *self, GstElement *sink)
{
  g_autoptr (GstPad) pad = NULL;

  g_return_if_fail (self != NULL && GST_IS_ELEMENT (sink));

  g_atomic_int_set (&self->level, 0);
  pad = gst_element_get_static_pad (sink, "sink");
  gst_pad_add_probe (pad,
                     GST_PAD_PROBE_TYPE_BUFFER,
                     on_buffer,
                     duo_sound_level_ref (self),
                     (GDestroyNotify) duo_sound_level_unref);
}

/**
 * duo_sound_level_get:
 * @self: a level
 *
 * Returns: root mean square of the newest buffer, 0 to 1 of full scale
 */
double
duo_sound_level_get (DuoSoundLevel *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (double) g_atomic_int_get (&self->level) / SCALE;
}

/**
 * duo_sound_level_of:
 * @samples: (array length=count): samples
 * @count: how many
 *
 * Returns: their root mean square, 0 to 1 of full scale
 */
double
duo_sound_level_of (const gint16 *samples, gsize count)
{
  double sum = 0;

  if (count == 0)
    return 0;

  for (gsize i = 0; i < count; i++)
    sum += (double) samples[i] * samples[i];

  return sqrt (sum / (double) count) / 32768.0;
}
