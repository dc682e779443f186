/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DuoPeerConnectionState:
 * @DUO_PEER_CONNECTION_NEW: nothing negotiated yet
 * @DUO_PEER_CONNECTION_CONNECTING: negotiating, or looking for a way
 * @DUO_PEER_CONNECTION_CONNECTED: DTLS is up and its certificate is the one in the description
 * @DUO_PEER_CONNECTION_FAILED: given up; see the signal #DuoPeerConnection::failed
 * @DUO_PEER_CONNECTION_CLOSED: closed by duo_peer_connection_close_async()
 */
typedef enum {
  DUO_PEER_CONNECTION_NEW,
  DUO_PEER_CONNECTION_CONNECTING,
  DUO_PEER_CONNECTION_CONNECTED,
  DUO_PEER_CONNECTION_FAILED,
  DUO_PEER_CONNECTION_CLOSED,
} DuoPeerConnectionState;

/**
 * DuoIceConnectionState:
 *
 * The states of the W3C's RTCIceConnectionState.
 */
typedef enum {
  DUO_ICE_CONNECTION_NEW,
  DUO_ICE_CONNECTION_CHECKING,
  DUO_ICE_CONNECTION_CONNECTED,
  DUO_ICE_CONNECTION_COMPLETED,
  DUO_ICE_CONNECTION_FAILED,
  DUO_ICE_CONNECTION_DISCONNECTED,
  DUO_ICE_CONNECTION_CLOSED,
} DuoIceConnectionState;

/**
 * DuoSignalingState:
 *
 * The states of the W3C's RTCSignalingState that occur without provisional answers.
 */
typedef enum {
  DUO_SIGNALING_STABLE,
  DUO_SIGNALING_CLOSED,
  DUO_SIGNALING_HAVE_LOCAL_OFFER,
  DUO_SIGNALING_HAVE_REMOTE_OFFER,
} DuoSignalingState;

#define DUO_TYPE_PEER_CONNECTION_STATE (duo_peer_connection_state_get_type ())
GType duo_peer_connection_state_get_type (void);

#define DUO_TYPE_ICE_CONNECTION_STATE (duo_ice_connection_state_get_type ())
GType duo_ice_connection_state_get_type (void);

#define DUO_TYPE_SIGNALING_STATE (duo_signaling_state_get_type ())
GType duo_signaling_state_get_type (void);

G_END_DECLS
