/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-cli-report.h"

#include <json-glib/json-glib.h>

#include "duo-peer-stats.h"
#include "duo-safety.h"

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

static void
add_integer (JsonBuilder *builder, const char *name, gint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, value);
}

static void
add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void
add_call (JsonBuilder *builder, DuoCall *call)
{
  g_autofree char *remote_name = duo_call_dup_remote_name (call);
  guint quality;
  gint64 started_at;

  g_object_get (call, "quality", &quality, "started-at", &started_at, NULL);

  add_string (builder, "state", duo_enum_nick (DUO_TYPE_CALL_STATE, duo_call_get_state (call)));
  add_string (builder,
              "endReason",
              duo_enum_nick (DUO_TYPE_CALL_END_REASON, duo_call_get_end_reason (call)));
  add_string (builder,
              "trouble",
              duo_enum_nick (DUO_TYPE_CALL_TROUBLE, duo_call_get_trouble (call)));
  add_integer (builder, "quality", quality);
  add_flag (builder, "signalingConnected", duo_call_get_flag (call, "signaling-connected"));
  add_flag (builder, "roomFull", duo_call_get_flag (call, "room-full"));
  add_flag (builder, "canGiveUp", duo_call_get_flag (call, "can-give-up"));
  add_string (builder, "remoteName", remote_name);
  add_flag (builder, "remoteMicrophone", duo_call_get_flag (call, "remote-microphone"));
  add_flag (builder, "remoteCamera", duo_call_get_flag (call, "remote-camera"));
  /* A call is connected only once the certificate in use has been compared. */
  add_flag (builder, "fingerprintVerified", started_at != 0);
  add_integer (builder, "durationMs", duo_call_get_duration (call) / 1000);
}

static void
add_emoji (JsonBuilder *builder, DuoCall *call)
{
  guint indices[DUO_SAFETY_N_EMOJI];

  add_string (builder, "safety", duo_enum_nick (DUO_TYPE_CALL_SAFETY, duo_call_get_safety (call)));
  if (!duo_call_get_safety_emoji (call, indices))
    return;

  json_builder_set_member_name (builder, "emoji");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (indices); i++)
    json_builder_add_string_value (builder, duo_safety_emoji_word (indices[i]));
  json_builder_end_array (builder);
}

static void
add_stats (JsonBuilder *builder, DuoCall *call)
{
  g_autoptr (DuoPeerStats) stats = duo_call_dup_stats (call);

  if (stats == NULL)
    return;

  add_number (builder, "roundTripMs", stats->round_trip_ms);
  add_number (builder, "lossPercent", stats->loss_percent);
  add_number (builder, "receiveLossPercent", stats->receive_loss_percent);
  add_number (builder, "jitterMs", stats->jitter_ms);
  add_integer (builder, "sendVideoBitrate", stats->send_video_bitrate);
  add_integer (builder, "sendAudioBitrate", stats->send_audio_bitrate);
  add_integer (builder, "receiveVideoBitrate", stats->receive_video_bitrate);
  add_integer (builder, "receiveAudioBitrate", stats->receive_audio_bitrate);
  add_integer (builder, "width", stats->width);
  add_integer (builder, "height", stats->height);
  add_number (builder, "framesPerSecond", stats->frames_per_second);
  add_string (builder, "codec", stats->codec);
  add_string (builder, "localCandidateType", stats->local_candidate_type);
  add_string (builder, "remoteCandidateType", stats->remote_candidate_type);
  add_flag (builder, "relayed", stats->relayed);
}

/**
 * duo_cli_report_to_json:
 * @self: the counters
 * @call: the call
 * @type: `stats` or `summary`
 *
 * Writes all that is known as one JSON object in one line.
 *
 * Returns: (transfer full): the line, without its end
 */
char *
duo_cli_report_to_json (const DuoCliReport *self, DuoCall *call, const char *type)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  add_string (builder, "type", type);
  add_call (builder, call);
  add_emoji (builder, call);

  json_builder_set_member_name (builder, "setupMs");
  if (self->first_frame_at != 0)
    json_builder_add_int_value (builder, (self->first_frame_at - self->started_at) / 1000);
  else
    json_builder_add_null_value (builder);

  add_integer (builder, "framesSent", self->frames_sent);
  add_integer (builder, "framesDecoded", self->frames_decoded);
  add_number (builder, "microphoneLevel", self->microphone_level);
  add_number (builder, "remoteLevel", self->remote_level);
  add_number (builder, "microphonePeak", self->microphone_peak);
  add_number (builder, "remotePeak", self->remote_peak);
  add_stats (builder, call);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);

  return json_to_string (root, FALSE);
}

/**
 * duo_cli_report_is_good:
 * @self: the counters
 *
 * Returns: whether media flowed both ways
 */
gboolean
duo_cli_report_is_good (const DuoCliReport *self)
{
  return self->frames_decoded > 0 && self->frames_sent > 0;
}
