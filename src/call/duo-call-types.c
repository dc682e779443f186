/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-types.h"

G_DEFINE_ENUM_TYPE (DuoCallState,
                    duo_call_state,
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_IDLE, "idle"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_PREPARING, "preparing"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_JOINING, "joining"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_RECONNECTING, "reconnecting"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_STATE_ENDED, "ended"))

G_DEFINE_ENUM_TYPE (DuoCallEndReason,
                    duo_call_end_reason,
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_LEFT, "left"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_REMOTE_LEFT, "remote-left"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_ROOM_FULL, "room-full"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_CONNECTION_LOST, "connection-lost"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_NOT_ALLOWED, "not-allowed"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_TAKEN_OVER, "taken-over"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_BUSY, "busy"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_FINGERPRINT, "fingerprint"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_VERIFICATION, "verification"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_PROTOCOL, "protocol"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_UNTRUSTED, "untrusted"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_NO_RELAY, "no-relay"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_RELAY, "relay"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_END_FAILED, "failed"))

G_DEFINE_ENUM_TYPE (DuoCallTrouble,
                    duo_call_trouble,
                    G_DEFINE_ENUM_VALUE (DUO_CALL_TROUBLE_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_TROUBLE_LOCAL, "local"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_TROUBLE_REMOTE, "remote"))

G_DEFINE_ENUM_TYPE (DuoCallSafety,
                    duo_call_safety,
                    G_DEFINE_ENUM_VALUE (DUO_CALL_SAFETY_NONE, "none"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_SAFETY_EMOJI, "emoji"),
                    G_DEFINE_ENUM_VALUE (DUO_CALL_SAFETY_UNVERIFIABLE, "unverifiable"))

const char *
duo_enum_nick (GType type, int value)
{
  GEnumClass *klass;
  GEnumValue *entry;
  const char *nick;

  g_return_val_if_fail (G_TYPE_IS_ENUM (type), "unknown");

  /* A static type's class keeps its values for good, so the nick outlives this reference. */
  klass = g_type_class_ref (type);
  entry = g_enum_get_value (klass, value);
  nick = entry != NULL ? entry->value_nick : "unknown";
  g_type_class_unref (klass);

  return nick;
}
