/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-call.h"
#include "duo-join-link.h"
#include "duo-media-graph.h"
#include "duo-peer-factory.h"

G_BEGIN_DECLS

#define DUO_TYPE_CALL_SESSION (duo_call_session_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallSession, duo_call_session, DUO, CALL_SESSION, GObject)

DuoCallSession *duo_call_session_new (DuoJoinLink *link,
                                      const char *display_name,
                                      DuoMediaGraph *graph,
                                      DuoPeerFactory *factory,
                                      const char *state_directory);

void duo_call_session_close_async (DuoCallSession *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void duo_call_session_close_finish (DuoCallSession *self, GAsyncResult *result);

G_END_DECLS
