/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>
#include <gst/gst.h>

#include "duo-peer-counters.h"

G_BEGIN_DECLS

#define DUO_TYPE_PEER_RECEIVER (duo_peer_receiver_get_type ())
G_DECLARE_FINAL_TYPE (DuoPeerReceiver, duo_peer_receiver, DUO, PEER_RECEIVER, GObject)

DuoPeerReceiver *
duo_peer_receiver_new (GstElement *pipeline, GstElement *webrtc, DuoPeerCounters *counters);
void duo_peer_receiver_set_sinks (DuoPeerReceiver *self, GstElement *video, GstAppSink *audio);
void duo_peer_receiver_release (DuoPeerReceiver *self);
void duo_peer_receiver_stop (DuoPeerReceiver *self);

G_END_DECLS
