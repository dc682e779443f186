/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-text.h"

#include <glib/gi18n.h>

/**
 * duo_call_text_clock:
 * @duration: in µs
 *
 * Returns: (transfer full): the duration as a clock shows it: 0:07, 12:30, 1:02:03
 */
char *
duo_call_text_clock (gint64 duration)
{
  gint64 seconds = MAX (duration, 0) / G_TIME_SPAN_SECOND;
  int hours = seconds / 3600;
  int minutes = seconds / 60 % 60;

  if (hours > 0)
    return g_strdup_printf ("%d:%02d:%02d", hours, minutes, (int) (seconds % 60));

  return g_strdup_printf ("%d:%02d", minutes, (int) (seconds % 60));
}

/**
 * duo_call_text_quality:
 * @quality: 0 to 3
 *
 * Returns: (transfer none): the quality of the connection in two words
 */
const char *
duo_call_text_quality (guint quality)
{
  switch (quality) {
  case 0:
    return _ ("No connection");
  case 1:
    return _ ("Poor connection");
  case 2:
    return _ ("Fair connection");
  default:
    return _ ("Good connection");
  }
}

/**
 * duo_call_text_connection:
 * @quality: 0 to 3
 * @stats: (nullable): what was measured
 *
 * Returns: (transfer full): how good the connection is, in lines
 */
char *
duo_call_text_connection (guint quality, const DuoPeerStats *stats)
{
  GString *text = g_string_new (duo_call_text_quality (quality));

  if (stats == NULL)
    return g_string_free (text, FALSE);

  if (stats->round_trip_ms >= 0) {
    g_string_append_c (text, '\n');
    /* Translators: %.0f is in milliseconds */
    g_string_append_printf (text, _ ("Round trip: %.0f ms"), stats->round_trip_ms);
  }
  g_string_append_c (text, '\n');
  /* Translators: the share of packets that were lost, in percent */
  g_string_append_printf (text, _ ("Loss: %.1f %%"), stats->loss_percent);
  g_string_append_c (text, '\n');
  /* Translators: megabits per second, received and sent */
  g_string_append_printf (text,
                          _ ("Received: %.1f Mbit/s, sent: %.1f Mbit/s"),
                          (stats->receive_video_bitrate + stats->receive_audio_bitrate) / 1e6,
                          (stats->send_video_bitrate + stats->send_audio_bitrate) / 1e6);
  if (stats->width > 0 && stats->height > 0) {
    g_string_append_c (text, '\n');
    /* Translators: width, height and frames per second of the other's picture */
    g_string_append_printf (text,
                            _ ("Picture: %u × %u, %.0f frames per second"),
                            stats->width,
                            stats->height,
                            stats->frames_per_second);
  }

  if (stats->relayed) {
    g_string_append_c (text, '\n');
    g_string_append (text, _ ("Through a relay, encrypted all the way"));
  }

  return g_string_free (text, FALSE);
}

/**
 * duo_call_text_trouble:
 * @trouble: whose side it is on
 * @name: (nullable): the other's name
 * @lost: whether nothing comes through any more
 *
 * Returns: (transfer full) (nullable): what is wrong with the connection, or %NULL if nothing is
 */
char *
duo_call_text_trouble (DuoCallTrouble trouble, const char *name, gboolean lost)
{
  gboolean named = name != NULL && *name != '\0';

  switch (trouble) {
  case DUO_CALL_TROUBLE_LOCAL:
    return g_strdup (lost ? _ ("Your connection was lost") : _ ("Your connection is poor"));
  case DUO_CALL_TROUBLE_REMOTE:
    if (!named)
      return g_strdup (lost ? _ ("The other person’s connection was lost")
                            : _ ("The other person’s connection is poor"));
    /* Translators: %s is somebody's name */
    return g_strdup_printf (lost ? _ ("%s’s connection was lost") : _ ("%s’s connection is poor"),
                            name);
  case DUO_CALL_TROUBLE_NONE:
  default:
    return lost ? g_strdup (_ ("The connection was lost")) : NULL;
  }
}
