/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoIceEntry:
 * @url: `stun:HOST[:PORT]` or `turn:HOST[:PORT][?transport=udp|tcp]`
 * @username: (nullable): for TURN
 * @password: (nullable): for TURN; a secret
 *
 * A STUN or TURN server of the person's own. All of it is owned.
 */
typedef struct {
  char *url;
  char *username;
  char *password;
} DuoIceEntry;

DuoIceEntry *duo_ice_entry_new (const char *url, const char *username, const char *password);
void duo_ice_entry_free (DuoIceEntry *self);

GPtrArray *duo_ice_store_load (const char *directory);
GStrv duo_ice_store_load_uris (const char *directory);
gboolean duo_ice_store_save (const char *directory, GPtrArray *entries, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoIceEntry, duo_ice_entry_free)

G_END_DECLS
