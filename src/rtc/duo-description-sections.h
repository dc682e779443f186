/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-description.h"

G_BEGIN_DECLS

gboolean duo_description_check_sections (const DuoDescription *self,
                                         const char *group,
                                         gboolean open_room,
                                         GError **error);

G_END_DECLS
