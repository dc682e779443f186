/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-session.h"
#include "duo-room-server.h"

G_BEGIN_DECLS

/**
 * CallEnd:
 *
 * One end of a call with test media.
 */
typedef struct {
  DuoMediaGraph *graph;
  DuoPeerFactory *factory;
  DuoCallSession *session;
  DuoCall *call; /* the same */
  int frames;    /* atomic: decoded pictures of the other */
} CallEnd;

/**
 * CallEnds:
 *
 * A real room server and up to three ends, in one process.
 */
typedef struct {
  DuoRoomServer *server;
  guint16 port;
  DuoJoinLink *link;
  char *directory;
  CallEnd ends[3];
} CallEnds;

#define LIMIT (60 * G_USEC_PER_SEC)

void call_ends_set_up (CallEnds *ends, gconstpointer data);
void call_ends_tear_down (CallEnds *ends, gconstpointer data);
void call_ends_set_open_room (CallEnds *ends);

void call_end_start (CallEnds *ends, CallEnd *end, const char *name);
void call_end_renew (CallEnds *ends, CallEnd *end, const char *name);
void call_end_close (CallEnd *end);

gboolean call_wait_state (CallEnd *end, DuoCallState state);
gboolean call_wait_flag (CallEnd *end, const char *property, gboolean value);
gboolean call_wait_safety (CallEnd *end, DuoCallSafety safety);
gboolean call_wait_frames (CallEnd *end, int more);
void call_connect (CallEnds *ends);

#define call_assert_state(end, expected) g_assert_true (call_wait_state (end, expected))

G_END_DECLS
