/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoIcePlan:
 *
 * Who helps to find a way to the other, and whether only a relay will do: what the room's server
 * offers, together with what the person has set. No I/O.
 */
typedef struct _DuoIcePlan DuoIcePlan;

DuoIcePlan *duo_ice_plan_new (void);
void duo_ice_plan_free (DuoIcePlan *self);

void duo_ice_plan_set_own (DuoIcePlan *self, const char *const *uris);
void duo_ice_plan_set_offered (DuoIcePlan *self, const char *const *uris);
void duo_ice_plan_set_relay_only (DuoIcePlan *self, gboolean relay_only);

const char *const *duo_ice_plan_get_uris (DuoIcePlan *self);
gboolean duo_ice_plan_get_relay_only (DuoIcePlan *self);
gboolean duo_ice_plan_check (DuoIcePlan *self, gint64 now, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoIcePlan, duo_ice_plan_free)

G_END_DECLS
