/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-join-link.h"

G_BEGIN_DECLS

/**
 * DuoCallRequest:
 * @link: the call
 * @own: whether it was made here, so that its link has to be sent
 * @on_this_computer: whether this program is its server
 * @join: skip the lobby
 * @camera: begin with the camera on
 * @microphone: begin with the microphone on
 * @test_media: a test picture and a tone instead of devices
 * @name: (nullable): the person's name in this call, if it is not the one of the preferences
 *
 * A call that somebody wants to have.
 */
typedef struct {
  DuoJoinLink *link;
  gboolean own;
  gboolean on_this_computer;
  gboolean join;
  gboolean camera;
  gboolean microphone;
  gboolean test_media;
  char *name;
} DuoCallRequest;

DuoCallRequest *duo_call_request_new (DuoJoinLink *link);
DuoCallRequest *duo_call_request_copy (const DuoCallRequest *self);
void duo_call_request_free (DuoCallRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoCallRequest, duo_call_request_free)

G_END_DECLS
