/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call.h"

enum {
  STATS,
  ANNOUNCEMENT,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

#define READ_FLAGS (G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)
#define WRITE_FLAGS (G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS)

G_DEFINE_INTERFACE (DuoCall, duo_call, G_TYPE_OBJECT)

static void
install_flag (gpointer iface, const char *name, gboolean default_value, GParamFlags flags)
{
  g_object_interface_install_property (iface,
                                       g_param_spec_boolean (name,
                                                             NULL,
                                                             NULL,
                                                             default_value,
                                                             flags));
}

static void
install_enum (gpointer iface, const char *name, GType type)
{
  /* Every enum's zero is its "nothing yet". */
  g_object_interface_install_property (iface,
                                       g_param_spec_enum (name, NULL, NULL, type, 0, READ_FLAGS));
}

static void
duo_call_default_init (DuoCallInterface *iface)
{
  install_enum (iface, "state", DUO_TYPE_CALL_STATE);
  install_enum (iface, "end-reason", DUO_TYPE_CALL_END_REASON);
  install_enum (iface, "trouble", DUO_TYPE_CALL_TROUBLE);
  install_enum (iface, "safety", DUO_TYPE_CALL_SAFETY);

  install_flag (iface, "remote-browser", FALSE, READ_FLAGS);
  install_flag (iface, "remote-microphone", TRUE, READ_FLAGS);
  install_flag (iface, "remote-camera", TRUE, READ_FLAGS);
  install_flag (iface, "microphone-enabled", TRUE, WRITE_FLAGS);
  install_flag (iface, "camera-enabled", TRUE, WRITE_FLAGS);
  install_flag (iface, "signaling-connected", FALSE, READ_FLAGS);
  install_flag (iface, "can-give-up", FALSE, READ_FLAGS);
  install_flag (iface, "room-full", FALSE, READ_FLAGS);
  install_flag (iface, "not-started", FALSE, READ_FLAGS);
  install_flag (iface, "open-room", FALSE, READ_FLAGS);
  install_flag (iface, "verified", FALSE, WRITE_FLAGS);
  install_flag (iface, "verification-lost", FALSE, READ_FLAGS);
  install_flag (iface, "ringing", FALSE, READ_FLAGS);

  g_object_interface_install_property (iface,
                                       g_param_spec_string ("remote-name",
                                                            NULL,
                                                            NULL,
                                                            NULL,
                                                            READ_FLAGS));
  g_object_interface_install_property (iface,
                                       g_param_spec_uint ("quality",
                                                          NULL,
                                                          NULL,
                                                          0,
                                                          3,
                                                          0,
                                                          READ_FLAGS));
  g_object_interface_install_property (iface,
                                       g_param_spec_int64 ("started-at",
                                                           NULL,
                                                           NULL,
                                                           0,
                                                           G_MAXINT64,
                                                           0,
                                                           READ_FLAGS));

  signals[STATS] =
    g_signal_new ("stats", DUO_TYPE_CALL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ANNOUNCEMENT] = g_signal_new ("announcement",
                                        DUO_TYPE_CALL,
                                        G_SIGNAL_RUN_LAST,
                                        0,
                                        NULL,
                                        NULL,
                                        NULL,
                                        G_TYPE_NONE,
                                        1,
                                        G_TYPE_STRING);
}

/**
 * duo_call_join:
 * @self: an idle call
 *
 * Goes into the room. Does nothing in any other state than idle.
 */
void
duo_call_join (DuoCall *self)
{
  g_return_if_fail (DUO_IS_CALL (self));

  DUO_CALL_GET_IFACE (self)->join (self);
}

/**
 * duo_call_ring:
 * @self: a call that waits in an open room
 *
 * Calls whoever is in the room, for some seconds: plain web clients do not say that they are there.
 * Does nothing in any other state than waiting, and in rooms with a code.
 */
void
duo_call_ring (DuoCall *self)
{
  g_return_if_fail (DUO_IS_CALL (self));

  DUO_CALL_GET_IFACE (self)->ring (self);
}

/**
 * duo_call_hang_up:
 * @self: a call
 *
 * Says goodbye to the other, on every way there is, and ends the call. The state is ended at once;
 * the goodbye is carried out in the background. Does nothing on a call that has ended.
 */
void
duo_call_hang_up (DuoCall *self)
{
  g_return_if_fail (DUO_IS_CALL (self));

  DUO_CALL_GET_IFACE (self)->hang_up (self);
}

/**
 * duo_call_get_link:
 * @self: a call
 *
 * Gives the link of the call's room. It never changes.
 *
 * Returns: (transfer none): the link
 */
DuoJoinLink *
duo_call_get_link (DuoCall *self)
{
  g_return_val_if_fail (DUO_IS_CALL (self), NULL);

  return DUO_CALL_GET_IFACE (self)->get_link (self);
}

/**
 * duo_call_get_safety_emoji:
 * @self: a call
 * @indices: (out caller-allocates) (array fixed-size=4): numbers of pictures, each below 64
 *
 * Gives the four pictures that are the same at both ends if nobody sits between them. Their looks
 * and words are the protocol layer's.
 *
 * Returns: whether there are any, that is whether the safety is %DUO_CALL_SAFETY_EMOJI
 */
gboolean
duo_call_get_safety_emoji (DuoCall *self, guint indices[4])
{
  g_return_val_if_fail (DUO_IS_CALL (self), FALSE);
  g_return_val_if_fail (indices != NULL, FALSE);

  return DUO_CALL_GET_IFACE (self)->get_safety_emoji (self, indices);
}

/**
 * duo_call_dup_stats:
 * @self: a call
 *
 * Gives the newest statistics; a signal `stats` tells of each new set.
 *
 * Returns: (transfer full) (nullable): the statistics, or %NULL before the first
 */
DuoPeerStats *
duo_call_dup_stats (DuoCall *self)
{
  g_return_val_if_fail (DUO_IS_CALL (self), NULL);

  return DUO_CALL_GET_IFACE (self)->dup_stats (self);
}

/**
 * duo_call_get_duration:
 * @self: a call
 *
 * Gives the time from the first connected until now, or until the end of a call that has ended.
 *
 * Returns: µs, or 0 if the two were never connected
 */
gint64
duo_call_get_duration (DuoCall *self)
{
  g_return_val_if_fail (DUO_IS_CALL (self), 0);

  return DUO_CALL_GET_IFACE (self)->get_duration (self);
}

/**
 * duo_call_get_error:
 * @self: a call
 *
 * Tells more about some of the reasons why a call ended. Words for a log, not for people.
 *
 * Returns: (transfer none) (nullable): the error, or %NULL
 */
const GError *
duo_call_get_error (DuoCall *self)
{
  g_return_val_if_fail (DUO_IS_CALL (self), NULL);

  return DUO_CALL_GET_IFACE (self)->get_error (self);
}

/**
 * duo_call_get_state:
 * @self: a call
 *
 * Returns: the property `state`
 */
DuoCallState
duo_call_get_state (DuoCall *self)
{
  DuoCallState state;

  g_return_val_if_fail (DUO_IS_CALL (self), DUO_CALL_STATE_ENDED);

  g_object_get (self, "state", &state, NULL);

  return state;
}

/**
 * duo_call_get_end_reason:
 * @self: a call
 *
 * Returns: the property `end-reason`
 */
DuoCallEndReason
duo_call_get_end_reason (DuoCall *self)
{
  DuoCallEndReason reason;

  g_return_val_if_fail (DUO_IS_CALL (self), DUO_CALL_END_FAILED);

  g_object_get (self, "end-reason", &reason, NULL);

  return reason;
}

/**
 * duo_call_get_trouble:
 * @self: a call
 *
 * Returns: the property `trouble`
 */
DuoCallTrouble
duo_call_get_trouble (DuoCall *self)
{
  DuoCallTrouble trouble;

  g_return_val_if_fail (DUO_IS_CALL (self), DUO_CALL_TROUBLE_NONE);

  g_object_get (self, "trouble", &trouble, NULL);

  return trouble;
}

/**
 * duo_call_get_safety:
 * @self: a call
 *
 * Returns: the property `safety`
 */
DuoCallSafety
duo_call_get_safety (DuoCall *self)
{
  DuoCallSafety safety;

  g_return_val_if_fail (DUO_IS_CALL (self), DUO_CALL_SAFETY_NONE);

  g_object_get (self, "safety", &safety, NULL);

  return safety;
}

/**
 * duo_call_dup_remote_name:
 * @self: a call
 *
 * Returns: (transfer full) (nullable): the property `remote-name`
 */
char *
duo_call_dup_remote_name (DuoCall *self)
{
  char *name;

  g_return_val_if_fail (DUO_IS_CALL (self), NULL);

  g_object_get (self, "remote-name", &name, NULL);

  return name;
}

/**
 * duo_call_get_flag:
 * @self: a call
 * @property: the name of one of the boolean properties
 *
 * Returns: its value
 */
gboolean
duo_call_get_flag (DuoCall *self, const char *property)
{
  gboolean value;

  g_return_val_if_fail (DUO_IS_CALL (self), FALSE);

  g_object_get (self, property, &value, NULL);

  return value;
}

/**
 * duo_call_emit_stats:
 * @self: a call
 *
 * For implementations: tells that duo_call_dup_stats() has something new.
 */
void
duo_call_emit_stats (DuoCall *self)
{
  g_return_if_fail (DUO_IS_CALL (self));

  g_signal_emit (self, signals[STATS], 0);
}

/**
 * duo_call_emit_announcement:
 * @self: a call
 * @text: plain text, the server's own words
 *
 * For implementations: passes on what the server has to say.
 */
void
duo_call_emit_announcement (DuoCall *self, const char *text)
{
  g_return_if_fail (DUO_IS_CALL (self));
  g_return_if_fail (text != NULL);

  g_signal_emit (self, signals[ANNOUNCEMENT], 0, text);
}
