/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-request.h"

/**
 * duo_call_request_new:
 * @link: the call
 *
 * Returns: (transfer full): a request to join @link by the lobby, with camera and microphone
 */
DuoCallRequest *
duo_call_request_new (DuoJoinLink *link)
{
  DuoCallRequest *self = g_new0 (DuoCallRequest, 1);

  self->link = duo_join_link_ref (link);
  self->camera = TRUE;
  self->microphone = TRUE;
  return self;
}

/**
 * duo_call_request_copy:
 *
 * Returns: (transfer full): the same request
 */
DuoCallRequest *
duo_call_request_copy (const DuoCallRequest *self)
{
  DuoCallRequest *copy = g_new (DuoCallRequest, 1);

  *copy = *self;
  copy->link = duo_join_link_ref (self->link);
  copy->name = g_strdup (self->name);
  return copy;
}

/**
 * duo_call_request_free:
 * @self: (transfer full) (nullable): a request
 */
void
duo_call_request_free (DuoCallRequest *self)
{
  if (self == NULL)
    return;
  duo_join_link_unref (self->link);
  g_free (self->name);
  g_free (self);
}
