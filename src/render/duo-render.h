/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * DuoRenderMode:
 * @DUO_RENDER_MODE_SOFTWARE: the processor paints; frames become opaque cairo surfaces
 * @DUO_RENDER_MODE_TEXTURE: a graphics processor paints; frames become textures
 *
 * How frames get onto the screen.
 */
typedef enum {
  DUO_RENDER_MODE_SOFTWARE,
  DUO_RENDER_MODE_TEXTURE,
} DuoRenderMode;

void duo_render_prepare (void);
DuoRenderMode duo_render_get_mode (void);

G_END_DECLS
