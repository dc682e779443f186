/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/video/video.h>

#include "duo-video-picture.h"

G_BEGIN_DECLS

/**
 * DuoPictureMaker:
 *
 * Turns frames as decoders and cameras give them into pictures as GTK draws them. One thread at a
 * time.
 */
typedef struct _DuoPictureMaker DuoPictureMaker;

DuoPictureMaker *duo_picture_maker_new (const GstVideoInfo *info, DuoRenderMode mode);
void duo_picture_maker_free (DuoPictureMaker *self);
DuoVideoPicture *duo_picture_maker_make (DuoPictureMaker *self,
                                         GstBuffer *buffer,
                                         int drawn_width,
                                         int drawn_height,
                                         GstVideoOrientationMethod orientation);

void duo_picture_maker_choose_size (
  const GstVideoInfo *info, int drawn_width, int drawn_height, int *columns, int *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DuoPictureMaker, duo_picture_maker_free)

G_END_DECLS
