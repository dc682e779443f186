/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _DuoIntakeGuard DuoIntakeGuard;

DuoIntakeGuard *duo_intake_guard_new (SoupMessage *message,
                                      guint64 limit,
                                      GSourceOnceFunc callback,
                                      gpointer user_data);
void duo_intake_guard_free (DuoIntakeGuard *self);
void duo_intake_guard_note_message (DuoIntakeGuard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoIntakeGuard, duo_intake_guard_free)

G_END_DECLS
