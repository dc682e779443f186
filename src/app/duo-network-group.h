/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_NETWORK_GROUP (duo_network_group_get_type ())
G_DECLARE_FINAL_TYPE (DuoNetworkGroup, duo_network_group, DUO, NETWORK_GROUP, AdwPreferencesGroup)

void duo_network_group_follow (DuoNetworkGroup *self, GSettings *settings, const char *directory);
void duo_network_group_edit (DuoNetworkGroup *self);
void duo_network_group_save (DuoNetworkGroup *self);

G_END_DECLS
