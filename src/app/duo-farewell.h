/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void duo_farewell_begin (GApplication *application, GObject *call);

G_END_DECLS
