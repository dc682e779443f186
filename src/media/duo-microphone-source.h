/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-device.h"

G_BEGIN_DECLS

GstElement *duo_microphone_source_new_test (GError **error);
GstElement *duo_microphone_source_new_silent (GError **error);
GstElement *duo_microphone_source_new_for_device (DuoDevice *device,
                                                  const char *echo_probe,
                                                  gboolean noise_suppression,
                                                  GError **error);
gboolean duo_microphone_source_can_process (void);

G_END_DECLS
