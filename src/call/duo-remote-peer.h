/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "duo-call-line.h"
#include "duo-peer-message.h"
#include "duo-remote-state.h"

G_BEGIN_DECLS

#define DUO_TYPE_REMOTE_PEER (duo_remote_peer_get_type ())
G_DECLARE_FINAL_TYPE (DuoRemotePeer, duo_remote_peer, DUO, REMOTE_PEER, GObject)

DuoRemotePeer *duo_remote_peer_new (const char *self_id,
                                    const char *display_name,
                                    gboolean open_room,
                                    DuoCallLine *line,
                                    DuoRemoteState *state);

void duo_remote_peer_set_signaling (DuoRemotePeer *self, gboolean connected);

void duo_remote_peer_greet (DuoRemotePeer *self, gboolean greeted);
void duo_remote_peer_receive (DuoRemotePeer *self,
                              const char *from,
                              const DuoPeerMessage *message,
                              gboolean addressed);
void duo_remote_peer_ring (DuoRemotePeer *self);
void duo_remote_peer_arrived (DuoRemotePeer *self);
void duo_remote_peer_left (DuoRemotePeer *self, const char *peer_id);
void duo_remote_peer_say_bye (DuoRemotePeer *self, DuoByeReason reason);

G_END_DECLS
