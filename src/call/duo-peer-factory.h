/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-ice-plan.h"
#include "duo-media-graph.h"
#include "duo-peer-connection.h"

G_BEGIN_DECLS

/**
 * DuoVideoSinkFunc:
 * @user_data: data of the factory's owner
 *
 * Makes a place for the other's decoded picture to go, a new one for every peer connection.
 *
 * Returns: (transfer floating): a sink element
 */
typedef GstElement *(*DuoVideoSinkFunc) (gpointer user_data);

#define DUO_TYPE_PEER_FACTORY (duo_peer_factory_get_type ())
G_DECLARE_FINAL_TYPE (DuoPeerFactory, duo_peer_factory, DUO, PEER_FACTORY, GObject)

void duo_peer_factory_prepare (void);
void duo_peer_factory_settle (void);
DuoPeerFactory *duo_peer_factory_new (DuoMediaGraph *graph,
                                      DuoVideoSinkFunc create_sink,
                                      gpointer user_data,
                                      GDestroyNotify destroy);

DuoIcePlan *duo_peer_factory_get_ice_plan (DuoPeerFactory *self);
DuoPeerConnection *duo_peer_factory_create (
  DuoPeerFactory *self, guint64 epoch, gboolean offerer, gboolean open_room, GError **error);
void duo_peer_factory_attach (DuoPeerFactory *self, DuoPeerConnection *connection);
void duo_peer_factory_retire (DuoPeerFactory *self, DuoPeerConnection *connection, gboolean linger);
void duo_peer_factory_drain_async (DuoPeerFactory *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
void duo_peer_factory_drain_finish (DuoPeerFactory *self, GAsyncResult *result);
void duo_peer_factory_set_packet_loss (DuoPeerFactory *self, guint percent);
guint64 duo_peer_factory_get_frames_sent (DuoPeerFactory *self);
double duo_peer_factory_get_remote_level (DuoPeerFactory *self);

G_END_DECLS
