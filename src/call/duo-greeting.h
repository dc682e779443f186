/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-peer-message.h"

G_BEGIN_DECLS

DuoPeerMessage *
duo_greeting_new_hello (const char *display_name, guint64 epoch, gboolean connected);
DuoPeerMessage *duo_greeting_new_join_room (const char *display_name);
DuoPeerMessage *duo_greeting_new_bye (DuoByeReason reason);
DuoPeerMessage *duo_greeting_new_restart (guint64 epoch);

G_END_DECLS
