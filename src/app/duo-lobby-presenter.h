/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-controller.h"
#include "duo-lobby-view.h"

G_BEGIN_DECLS

#define DUO_TYPE_LOBBY_PRESENTER (duo_lobby_presenter_get_type ())
G_DECLARE_FINAL_TYPE (DuoLobbyPresenter, duo_lobby_presenter, DUO, LOBBY_PRESENTER, GObject)

DuoLobbyPresenter *
duo_lobby_presenter_new (DuoLobbyView *view, DuoCallController *controller, GSettings *settings);

G_END_DECLS
