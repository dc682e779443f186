/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "duo-device-selector.h"
#include "duo-feed.h"

G_BEGIN_DECLS

/**
 * DuoInputSource:
 * @DUO_INPUT_IDLE: black or silence
 * @DUO_INPUT_TEST: a test picture or tone
 * @DUO_INPUT_DEVICE: a device
 *
 * Where pictures or sound come from.
 */
typedef enum {
  DUO_INPUT_IDLE,
  DUO_INPUT_TEST,
  DUO_INPUT_DEVICE,
} DuoInputSource;

/**
 * DuoInputMakeSource:
 * @source: what to make
 * @device: (nullable): the device, with %DUO_INPUT_DEVICE
 * @user_data: what was passed to duo_input_new()
 * @error: return location for a #DuoMediaError
 *
 * Returns: (transfer floating) (nullable): an element or bin with a pad "src" of raw media
 */
typedef GstElement *(*DuoInputMakeSource) (DuoInputSource source,
                                           DuoDevice *device,
                                           gpointer user_data,
                                           GError **error);

#define DUO_TYPE_INPUT (duo_input_get_type ())
G_DECLARE_FINAL_TYPE (DuoInput, duo_input, DUO, INPUT, GObject)

DuoInput *duo_input_new (DuoDeviceSelector *selector,
                         gboolean test_media,
                         DuoInputMakeSource make_source,
                         gpointer user_data);
DuoFeed *duo_input_get_feed (DuoInput *self);
void duo_input_set_open (DuoInput *self, gboolean open);
void duo_input_start (DuoInput *self);
void duo_input_restart (DuoInput *self);
void duo_input_stop_async (DuoInput *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean duo_input_stop_finish (DuoInput *self, GAsyncResult *result, GError **error);
DuoMediaProblem duo_input_get_problem (DuoInput *self);
DuoDevice *duo_input_get_active (DuoInput *self);

G_END_DECLS
