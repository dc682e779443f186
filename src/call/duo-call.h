/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-call-types.h"

G_BEGIN_DECLS

/* Values of other layers that a view may never look into. */
typedef struct _DuoJoinLink DuoJoinLink;
typedef struct _DuoPeerStats DuoPeerStats;

#define DUO_TYPE_CALL (duo_call_get_type ())
G_DECLARE_INTERFACE (DuoCall, duo_call, DUO, CALL, GObject)

/**
 * DuoCall:
 *
 * One call between two people, as the windows see it: properties to bind to and a few verbs.
 *
 * All of it lives on the main context. Properties, all notified:
 *
 * | property | type | meaning |
 * |---|---|---|
 * | state | #DuoCallState | |
 * | end-reason | #DuoCallEndReason | none until ended |
 * | remote-name | string | %NULL until somebody is there; may be empty |
 * | remote-browser | boolean | the other runs the guest page of the link's host |
 * | remote-microphone, remote-camera | boolean | what the other says about its devices |
 * | microphone-enabled, camera-enabled | boolean, writable | one's own |
 * | safety | #DuoCallSafety | |
 * | verified | boolean, writable | the pictures were compared; kept while the other proves itself |
 * | verification-lost | boolean | was verified, and who is there now has proved nothing |
 * | signaling-connected | boolean | the room server can be reached |
 * | trouble | #DuoCallTrouble | whose side, while the connection is poor or lost |
 * | can-give-up | boolean | reconnecting for 9 s or more: offer to leave |
 * | room-full | boolean | the room is full; trying again for a while |
 * | not-started | boolean | only some may start calls there, and nobody has; trying again |
 * | quality | unsigned, 0 to 3 | bars |
 * | open-room | boolean | no code: the server can read the signaling |
 * | ringing | boolean | waiting in an open room, and calling whoever is there |
 * | started-at | int64 | monotonic time in µs of the first connected, 0 before |
 *
 * Signals: `stats` (no arguments; once a second while connected, see duo_call_dup_stats()) and
 * `announcement` (a string: the server's own words, plain text).
 */
struct _DuoCallInterface {
  GTypeInterface parent_iface;

  void (*join) (DuoCall *self);
  void (*ring) (DuoCall *self);
  void (*hang_up) (DuoCall *self);
  DuoJoinLink *(*get_link) (DuoCall *self);
  gboolean (*get_safety_emoji) (DuoCall *self, guint indices[4]);
  DuoPeerStats *(*dup_stats) (DuoCall *self);
  gint64 (*get_duration) (DuoCall *self);
  const GError *(*get_error) (DuoCall *self);
};

void duo_call_join (DuoCall *self);
void duo_call_ring (DuoCall *self);
void duo_call_hang_up (DuoCall *self);
DuoJoinLink *duo_call_get_link (DuoCall *self);
gboolean duo_call_get_safety_emoji (DuoCall *self, guint indices[4]);
DuoPeerStats *duo_call_dup_stats (DuoCall *self);
gint64 duo_call_get_duration (DuoCall *self);
const GError *duo_call_get_error (DuoCall *self);

DuoCallState duo_call_get_state (DuoCall *self);
DuoCallEndReason duo_call_get_end_reason (DuoCall *self);
DuoCallTrouble duo_call_get_trouble (DuoCall *self);
DuoCallSafety duo_call_get_safety (DuoCall *self);
char *duo_call_dup_remote_name (DuoCall *self);
gboolean duo_call_get_flag (DuoCall *self, const char *property);

void duo_call_emit_stats (DuoCall *self);
void duo_call_emit_announcement (DuoCall *self, const char *text);

G_END_DECLS
