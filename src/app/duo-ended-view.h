/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-types.h"
#include "duo-join-link.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define DUO_TYPE_ENDED_VIEW (duo_ended_view_get_type ())
G_DECLARE_FINAL_TYPE (DuoEndedView, duo_ended_view, DUO, ENDED_VIEW, AdwBin)

GtkWidget *duo_ended_view_new (void);
void duo_ended_view_show (DuoEndedView *self,
                          DuoCallEndReason reason,
                          const char *remote_name,
                          DuoJoinLink *link,
                          const char *detail,
                          gint64 duration);

G_END_DECLS
