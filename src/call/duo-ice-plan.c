/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-ice-plan.h"

#include "duo-ice-uri.h"

struct _DuoIcePlan {
  /* Owned; nullable */
  GStrv own;
  GStrv offered;
  GStrv uris; /* both */

  gboolean relay_only;
};

static void
take (DuoIcePlan *self, GStrv *list, const char *const *uris)
{
  g_strfreev (*list);
  *list = g_strdupv ((char **) uris);
  g_strfreev (self->uris);
  self->uris =
    duo_ice_uris_join ((const char *const *) self->own, (const char *const *) self->offered);
}

/**
 * duo_ice_plan_new:
 *
 * Returns: (transfer full): a plan without helpers
 */
DuoIcePlan *
duo_ice_plan_new (void)
{
  return g_new0 (DuoIcePlan, 1);
}

/**
 * duo_ice_plan_free:
 * @self: (transfer full): a plan
 *
 * Frees a plan.
 */
void
duo_ice_plan_free (DuoIcePlan *self)
{
  g_return_if_fail (self != NULL);

  g_strfreev (self->own);
  g_strfreev (self->offered);
  g_strfreev (self->uris);
  g_free (self);
}

/**
 * duo_ice_plan_set_own:
 * @self: a plan
 * @uris: (array zero-terminated=1) (nullable): STUN and TURN servers as duo_ice_uri_from_url()
 *   gives them
 *
 * Sets the helpers of the person's own, which come first, whatever the room.
 */
void
duo_ice_plan_set_own (DuoIcePlan *self, const char *const *uris)
{
  g_return_if_fail (self != NULL);

  take (self, &self->own, uris);
}

/**
 * duo_ice_plan_set_offered:
 * @self: a plan
 * @uris: (array zero-terminated=1) (nullable): likewise
 *
 * Sets what the room's server offers.
 */
void
duo_ice_plan_set_offered (DuoIcePlan *self, const char *const *uris)
{
  g_return_if_fail (self != NULL);

  take (self, &self->offered, uris);
}

/**
 * duo_ice_plan_set_relay_only:
 * @self: a plan
 * @relay_only: whether connections to come go through a relay in any case
 *
 * A relay keeps the two from learning each other's address.
 */
void
duo_ice_plan_set_relay_only (DuoIcePlan *self, gboolean relay_only)
{
  g_return_if_fail (self != NULL);

  self->relay_only = relay_only;
}

/**
 * duo_ice_plan_get_uris:
 * @self: a plan
 *
 * Returns: (transfer none) (array zero-terminated=1) (nullable): all helpers, until the next change
 */
const char *const *
duo_ice_plan_get_uris (DuoIcePlan *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->uris;
}

/**
 * duo_ice_plan_get_relay_only:
 * @self: a plan
 *
 * Returns: whether only a relay will do
 */
gboolean
duo_ice_plan_get_relay_only (DuoIcePlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->relay_only;
}

/**
 * duo_ice_plan_check:
 * @self: a plan
 * @now: the present time in seconds since 1970
 * @error: return location for %DUO_RTC_ERROR_NO_RELAY or %DUO_RTC_ERROR_RELAY
 *
 * Looks whether there is a relay where only that will do, before anything is tried.
 *
 * Returns: whether connections can be made
 */
gboolean
duo_ice_plan_check (DuoIcePlan *self, gint64 now, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !self->relay_only ||
         duo_ice_uris_check_relay ((const char *const *) self->uris, now, error);
}
