/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoRoomAddress:
 * @party: the party, "main" unless the link says otherwise
 * @room: the room id
 *
 * What the path of a PartyKit URL names: `/parties/PARTY/ROOM`, or `/party/ROOM` for the main
 * party.
 */
typedef struct {
  char *party;
  char *room;
} DuoRoomAddress;

/**
 * DuoRoomIdentity:
 * @peer_id: the PEER (`_pk`)
 * @secret: (nullable): the SECRET (`_rs`)
 * @token: (nullable): the TOKEN (`_tk`)
 *
 * Who a connection says it is, from the query of a PartyKit URL.
 */
typedef struct {
  char *peer_id;
  char *secret;
  char *token;
} DuoRoomIdentity;

void duo_room_address_free (DuoRoomAddress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoRoomAddress, duo_room_address_free)
DuoRoomAddress *duo_room_address_parse (const char *path);

void duo_room_identity_free (DuoRoomIdentity *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoRoomIdentity, duo_room_identity_free)
DuoRoomIdentity *duo_room_identity_parse (const char *query);

G_END_DECLS
