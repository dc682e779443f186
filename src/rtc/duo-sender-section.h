/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-description.h"

G_BEGIN_DECLS

DuoSection duo_sender_section_to_offer (DuoSectionKind kind);
DuoSection duo_sender_section_to_answer (const DuoSection *offered);

G_END_DECLS
