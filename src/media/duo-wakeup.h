/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

GSource *duo_wakeup_new (GSourceFunc callback, gpointer user_data);

G_END_DECLS
