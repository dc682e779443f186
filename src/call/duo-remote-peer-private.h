/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-state.h"
#include "duo-epoch.h"
#include "duo-pairing.h"
#include "duo-remote-peer.h"

G_BEGIN_DECLS

/* The other person in the room: who it is, and when a connection has to be made anew. Whatever has
 * to leave through the room is handed out by a signal, and so is what moves the call's state. */
struct _DuoRemotePeer {
  GObject parent_instance;

  /* Owned */
  DuoPairing *pairing;
  DuoCallLine *line;
  DuoRemoteState *state;
  DuoPeerMessage *hello;    /* nullable: the other's newest */
  DuoPeerMessage *stranger; /* nullable: the hello of one on hold */
  char *plain_ufrag;        /* nullable: the ICE user of a plain client's connection */
  char *present;            /* nullable: the PEER of who is there and says no hello */
  char *present_name;       /* nullable */
  char *display_name;

  DuoEpoch epoch;
  guint source;
  gint64 ringing_since; /* an offer to everybody is out, monotonic µs; 0 for none */
  gboolean unheard;     /* somebody has come since */
  gboolean offered;     /* to a plain client: its newest connection was our offer */
  gboolean open_room;
  gboolean signaling;
  gboolean absent; /* the room says that the other is not in it */
  gboolean shown;  /* the call has been told of the other */
};

/* duo-remote-peer.c */
void duo_remote_peer_send (DuoRemotePeer *self, const DuoPeerMessage *message, const char *to);
void duo_remote_peer_show (DuoRemotePeer *self);
void duo_remote_peer_start_over (DuoRemotePeer *self);
void duo_remote_peer_forget (DuoRemotePeer *self, DuoCallEvent event);

/* duo-remote-peer-connections.c */
void duo_remote_peer_start_epoch (DuoRemotePeer *self);
void
duo_remote_peer_take_offer (DuoRemotePeer *self, const char *from, const DuoPeerMessage *offer);
void duo_remote_peer_take_restart (DuoRemotePeer *self, const DuoPeerMessage *message);
void duo_remote_peer_watch (DuoRemotePeer *self);

/* duo-remote-peer-plain.c */
void duo_remote_peer_take_plain_offer (DuoRemotePeer *self, const DuoPeerMessage *offer);
void duo_remote_peer_take_plain_answer (DuoRemotePeer *self,
                                        const char *from,
                                        const DuoPeerMessage *answer);
void duo_remote_peer_take_presence (DuoRemotePeer *self,
                                    const char *from,
                                    const DuoPeerMessage *join_room);
void duo_remote_peer_clear_presence (DuoRemotePeer *self);
void duo_remote_peer_watch_plain (DuoRemotePeer *self);
void duo_remote_peer_stop_ringing (DuoRemotePeer *self);

G_END_DECLS
