/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoSeat:
 *
 * The right to a seat in a room: a SECRET, kept in the state directory for the room's life so that
 * a program that was killed takes its own seat again.
 */
typedef struct _DuoSeat DuoSeat;

DuoSeat *duo_seat_take (const char *directory, const char *room, GError **error);
void duo_seat_release (DuoSeat *self);

const char *duo_seat_get_secret (DuoSeat *self);
gboolean duo_seat_is_kept (DuoSeat *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoSeat, duo_seat_release)

G_END_DECLS
