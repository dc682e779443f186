/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call.h"

G_BEGIN_DECLS

#define DUO_TYPE_CLI_CONTROL (duo_cli_control_get_type ())
G_DECLARE_FINAL_TYPE (DuoCliControl, duo_cli_control, DUO, CLI_CONTROL, GObject)

DuoCliControl *duo_cli_control_new (DuoCall *call);
void duo_cli_control_stop (DuoCliControl *self);

G_END_DECLS
