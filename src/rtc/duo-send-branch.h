/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

#include "duo-description.h"

G_BEGIN_DECLS

GstCaps *duo_send_branch_codec_caps (const DuoSection *section);
GstElement *duo_send_branch_new (const DuoSection *section, GstElement *encoder, GError **error);

G_END_DECLS
