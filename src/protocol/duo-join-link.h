/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * DUO_JOIN_LINK_MAX_BYTES:
 *
 * The longest link that is read at all.
 */
#define DUO_JOIN_LINK_MAX_BYTES 2048

/**
 * DuoJoinLink:
 *
 * Where a call is: a server with a room code, or an open room. Immutable; it may be read from any
 * thread. A link with a code is a secret.
 */
typedef struct _DuoJoinLink DuoJoinLink;

#define DUO_TYPE_JOIN_LINK (duo_join_link_get_type ())
GType duo_join_link_get_type (void);

DuoJoinLink *duo_join_link_parse (const char *text, const char *default_server, GError **error);
DuoJoinLink *duo_join_link_new (const char *server, GError **error);
DuoJoinLink *duo_join_link_ref (DuoJoinLink *self);
void duo_join_link_unref (DuoJoinLink *self);

const char *duo_join_link_get_symbols (const DuoJoinLink *self);
gboolean duo_join_link_is_open (const DuoJoinLink *self);
const char *duo_join_link_get_host (const DuoJoinLink *self);
const char *duo_join_link_get_server (const DuoJoinLink *self);
const char *duo_join_link_get_room (const DuoJoinLink *self);
char *duo_join_link_to_string (const DuoJoinLink *self);
char *duo_join_link_to_app_uri (const DuoJoinLink *self);
char *duo_join_link_dup_room_uri (const DuoJoinLink *self, const char *room_id);
gboolean duo_join_link_equal (const DuoJoinLink *a, const DuoJoinLink *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoJoinLink, duo_join_link_unref)

G_END_DECLS
