/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-join-link.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_LINK_BOX (duo_link_box_get_type ())
G_DECLARE_FINAL_TYPE (DuoLinkBox, duo_link_box, DUO, LINK_BOX, AdwBin)

GtkWidget *duo_link_box_new (void);
void duo_link_box_set_link (DuoLinkBox *self, DuoJoinLink *link);

G_END_DECLS
