/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

guint duo_call_signal_new (gpointer klass, const char *name, guint n_params, ...);

G_END_DECLS
