/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-call-types.h"
#include "duo-pairing.h"

G_BEGIN_DECLS

DuoCallEndReason
duo_call_fault_judge (const GError *error, DuoPairingMedia media, gboolean open_room);

G_END_DECLS
