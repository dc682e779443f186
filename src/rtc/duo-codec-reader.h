/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-description.h"

G_BEGIN_DECLS

/**
 * DUO_CODEC_READER_PAYLOADS:
 *
 * RTP has seven bits for payload types.
 */
#define DUO_CODEC_READER_PAYLOADS 128

typedef enum {
  DUO_CODEC_UNKNOWN,
  DUO_CODEC_WANTED,
  DUO_CODEC_RTX,
} DuoCodec;

/**
 * DuoCodecReader:
 *
 * What is known of the payload types of a section while it is read. All zero at first.
 */
typedef struct {
  /*< private >*/
  char **formats;
  struct {
    DuoCodec codec;
    int apt;
    DuoFeedback feedback;
  } payloads[DUO_CODEC_READER_PAYLOADS];
  DuoFeedback feedback;
} DuoCodecReader;

void duo_codec_reader_start (DuoCodecReader *self, const char *const *formats);
void duo_codec_reader_clear (DuoCodecReader *self);
void duo_codec_reader_read (DuoCodecReader *self,
                            DuoSection *section,
                            const char *key,
                            const char *value);
gboolean duo_codec_reader_choose (DuoCodecReader *self, DuoSection *section, GError **error);

G_END_DECLS
