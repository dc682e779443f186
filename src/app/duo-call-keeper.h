/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define DUO_TYPE_CALL_KEEPER (duo_call_keeper_get_type ())
G_DECLARE_FINAL_TYPE (DuoCallKeeper, duo_call_keeper, DUO, CALL_KEEPER, GObject)

DuoCallKeeper *duo_call_keeper_new (DuoCall *call, GtkWindow *window);

G_END_DECLS
