/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-description-sections.h"

#include <string.h>

#include "duo-sdp-text.h"

/* All sections but rejected ones go one way, and the first of them says which. */
static gboolean
check_bundle (const DuoDescription *self, const char *group, GError **error)
{
  g_auto (GStrv) mids = NULL;
  guint n = 0;

  if (group == NULL)
    return duo_sdp_refuse (error, "sections that are not bundled");
  mids = g_strsplit (group + strlen ("BUNDLE "), " ", -1);
  for (guint i = 0; i < self->n_sections; i++) {
    const DuoSection *section = &self->sections[i];

    if (section->rejected)
      continue;
    if (mids[n] == NULL || !g_str_equal (mids[n], section->mid))
      return duo_sdp_refuse (error, "a bundle of other sections");
    /* webrtcbin hands packets of an unknown source to the first section and needs a transceiver
     * there. */
    if (n++ == 0 && section->kind == DUO_SECTION_APPLICATION)
      return duo_sdp_refuse (error, "no media in the first section");
  }

  return n > 0 && mids[n] == NULL ? TRUE : duo_sdp_refuse (error, "a bundle of other sections");
}

/**
 * duo_description_check_sections:
 * @self: a description
 * @group: (nullable): its attribute for bundling
 * @open_room: whether sections may be missing, be rejected and stand in another order
 * @error: return location for a #GError
 *
 * Checks order, count and bundling of the sections as a whole.
 *
 * Returns: %FALSE with %DUO_RTC_ERROR_DESCRIPTION when something is wrong with them
 */
gboolean
duo_description_check_sections (const DuoDescription *self,
                                const char *group,
                                gboolean open_room,
                                GError **error)
{
  if (!open_room) {
    if (self->n_sections != DUO_DESCRIPTION_MAX_SECTIONS)
      return duo_sdp_refuse (error, "a missing section");
    for (guint i = 0; i < self->n_sections; i++)
      if (self->sections[i].kind != (DuoSectionKind) i)
        return duo_sdp_refuse (error, "sections in another order");
  }
  if (!check_bundle (self, group, error))
    return FALSE;

  for (guint i = 1; i < self->n_sections; i++)
    for (guint j = 0; j < i; j++) {
      const DuoSection *a = &self->sections[i], *b = &self->sections[j];

      if (a->payload >= 0 && (a->payload == b->payload || a->payload == b->rtx_payload ||
                              (a->rtx_payload >= 0 && a->rtx_payload == b->payload)))
        return duo_sdp_refuse (error, "a payload type in two sections");
    }

  if (!duo_sdp_is_token (self->ufrag, "+/", 4, 256) || !duo_sdp_is_token (self->pwd, "+/", 22, 256))
    return duo_sdp_refuse (error, "malformed ICE credentials");
  if (self->fingerprint == NULL)
    return duo_sdp_refuse (error, "no fingerprint");
  return TRUE;
}
