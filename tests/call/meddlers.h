/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "hostile-room.h"

G_BEGIN_DECLS

/* What a room server may do with what it is to pass on. */
void meddle_alter_all (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_alter_descriptions (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_swap_fingerprints (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_garble_descriptions (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_drop_all (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_drop_descriptions (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_replay (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_reorder (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_reflect (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_pass_and_reflect (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_inject (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_flood (HostileRoom *room, HostileGuest *from, const char *text);
void meddle_litter (HostileRoom *room, HostileGuest *from, const char *text);

G_END_DECLS
