/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_ACCESS_GROUP (duo_access_group_get_type ())
G_DECLARE_FINAL_TYPE (DuoAccessGroup, duo_access_group, DUO, ACCESS_GROUP, AdwPreferencesGroup)

void duo_access_group_set_server (DuoAccessGroup *self, const char *server, const char *directory);
void duo_access_group_edit (DuoAccessGroup *self);

G_END_DECLS
