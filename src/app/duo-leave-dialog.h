/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DuoLeaveFunc:
 * @user_data: what was given to duo_leave_dialog_present()
 *
 * Called when somebody chose to leave.
 */
typedef void (*DuoLeaveFunc) (gpointer user_data);

void duo_leave_dialog_present (GtkWindow *parent,
                               const char *body,
                               const char *leave,
                               DuoLeaveFunc left,
                               gpointer user_data,
                               GDestroyNotify destroy);

G_END_DECLS
