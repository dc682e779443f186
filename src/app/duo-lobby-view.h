/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-device-row.h"
#include "duo-join-link.h"
#include "duo-lobby-preview.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * DuoLobbyCompany:
 * @DUO_LOBBY_COMPANY_ASKING: the server has been asked who is there
 * @DUO_LOBBY_COMPANY_NOBODY: the room is empty
 * @DUO_LOBBY_COMPANY_SOMEBODY: the other person is there
 * @DUO_LOBBY_COMPANY_FULL: two people are there already
 * @DUO_LOBBY_COMPANY_UNKNOWN: the server does not tell
 * @DUO_LOBBY_COMPANY_UNREACHABLE: the server does not answer
 *
 * Who is in the room that one is about to join.
 */
typedef enum {
  DUO_LOBBY_COMPANY_ASKING,
  DUO_LOBBY_COMPANY_NOBODY,
  DUO_LOBBY_COMPANY_SOMEBODY,
  DUO_LOBBY_COMPANY_FULL,
  DUO_LOBBY_COMPANY_UNKNOWN,
  DUO_LOBBY_COMPANY_UNREACHABLE,
} DuoLobbyCompany;

#define DUO_TYPE_LOBBY_VIEW (duo_lobby_view_get_type ())
G_DECLARE_FINAL_TYPE (DuoLobbyView, duo_lobby_view, DUO, LOBBY_VIEW, AdwBin)

GtkWidget *duo_lobby_view_new (void);
void duo_lobby_view_set_own_call (DuoLobbyView *self, DuoJoinLink *link, gboolean on_this_computer);
void duo_lobby_view_set_invitation (DuoLobbyView *self, DuoJoinLink *link);
void duo_lobby_view_set_company (DuoLobbyView *self, DuoLobbyCompany company);
void duo_lobby_view_set_problem (DuoLobbyView *self, DuoDeviceKind kind, DuoMediaProblem problem);
void duo_lobby_view_set_echo_cancelling (DuoLobbyView *self, gboolean echo_cancelling);
DuoLobbyPreview *duo_lobby_view_get_preview (DuoLobbyView *self);
DuoDeviceRow *duo_lobby_view_get_device_row (DuoLobbyView *self, DuoDeviceKind kind);

G_END_DECLS
