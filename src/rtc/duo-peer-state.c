/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-state.h"

G_DEFINE_ENUM_TYPE (DuoPeerConnectionState,
                    duo_peer_connection_state,
                    G_DEFINE_ENUM_VALUE (DUO_PEER_CONNECTION_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (DUO_PEER_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (DUO_PEER_CONNECTION_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (DUO_PEER_CONNECTION_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (DUO_PEER_CONNECTION_CLOSED, "closed"))

G_DEFINE_ENUM_TYPE (DuoIceConnectionState,
                    duo_ice_connection_state,
                    G_DEFINE_ENUM_VALUE (DUO_ICE_CONNECTION_NEW, "new"),
                    G_DEFINE_ENUM_VALUE (DUO_ICE_CONNECTION_CHECKING, "checking"),
                    G_DEFINE_ENUM_VALUE (DUO_ICE_CONNECTION_CONNECTED, "connected"),
                    G_DEFINE_ENUM_VALUE (DUO_ICE_CONNECTION_COMPLETED, "completed"),
                    G_DEFINE_ENUM_VALUE (DUO_ICE_CONNECTION_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (DUO_ICE_CONNECTION_DISCONNECTED, "disconnected"),
                    G_DEFINE_ENUM_VALUE (DUO_ICE_CONNECTION_CLOSED, "closed"))

G_DEFINE_ENUM_TYPE (DuoSignalingState,
                    duo_signaling_state,
                    G_DEFINE_ENUM_VALUE (DUO_SIGNALING_STABLE, "stable"),
                    G_DEFINE_ENUM_VALUE (DUO_SIGNALING_CLOSED, "closed"),
                    G_DEFINE_ENUM_VALUE (DUO_SIGNALING_HAVE_LOCAL_OFFER, "have-local-offer"),
                    G_DEFINE_ENUM_VALUE (DUO_SIGNALING_HAVE_REMOTE_OFFER, "have-remote-offer"))
