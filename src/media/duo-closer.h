/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-capture.h"
#include "duo-device.h"

G_BEGIN_DECLS

#define DUO_TYPE_CLOSER (duo_closer_get_type ())
G_DECLARE_FINAL_TYPE (DuoCloser, duo_closer, DUO, CLOSER, GObject)

DuoCloser *duo_closer_new (void);
void duo_closer_close (DuoCloser *self, DuoCapture *capture, DuoDevice *device);
gint64 duo_closer_get_wait (DuoCloser *self, DuoDevice *device);
gboolean duo_closer_is_idle (DuoCloser *self);

G_END_DECLS
