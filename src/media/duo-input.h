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

/**
 * DuoInput:
 *
 * What goes into the call as picture or as sound: the selected device while it is open, black or
 * silence otherwise, so that the flow never ends. Every change makes a new capture and closes the
 * old one behind its back, so that no device keeps anybody waiting.
 */
#define DUO_TYPE_INPUT (duo_input_get_type ())
G_DECLARE_FINAL_TYPE (DuoInput, duo_input, DUO, INPUT, GObject)

/**
 * duo_input_new:
 * @selector: which device to use
 * @test_media: whether to use a test source instead of devices
 * @one_at_a_time: whether the last device is to be closed before another one is opened
 * @make_source: makes the sources
 * @user_data: for @make_source, which outlives the input
 *
 * Returns: (transfer full): an input that is not started
 */
DuoInput *duo_input_new (DuoDeviceSelector *selector,
                         gboolean test_media,
                         gboolean one_at_a_time,
                         DuoInputMakeSource make_source,
                         gpointer user_data);

/**
 * duo_input_get_feed:
 *
 * Returns: (transfer none): where the pictures or the sound come out
 */
DuoFeed *duo_input_get_feed (DuoInput *self);

/**
 * duo_input_set_open:
 * @open: whether to use the device rather than black or silence
 *
 * The device itself is opened and closed.
 */
void duo_input_set_open (DuoInput *self, gboolean open);

/**
 * duo_input_start:
 *
 * Begins to fill the feed: with the device if it is to be open.
 */
void duo_input_start (DuoInput *self);

/**
 * duo_input_restart:
 *
 * Makes the source anew, for settings that only a new one takes.
 */
void duo_input_restart (DuoInput *self);

/**
 * duo_input_stop_async:
 * @callback: called once every device is closed
 * @user_data: for @callback
 *
 * Ends it for good.
 */
void duo_input_stop_async (DuoInput *self, GAsyncReadyCallback callback, gpointer user_data);

/**
 * duo_input_stop_finish:
 * @result: what the callback got
 * @error: unused: stopping does not fail
 *
 * Returns: %TRUE
 */
gboolean duo_input_stop_finish (DuoInput *self, GAsyncResult *result, GError **error);

/**
 * duo_input_get_problem:
 *
 * Returns: why the device does not work
 */
DuoMediaProblem duo_input_get_problem (DuoInput *self);

/**
 * duo_input_get_active:
 *
 * Returns: (transfer none) (nullable): the device that is open
 */
DuoDevice *duo_input_get_active (DuoInput *self);

G_END_DECLS
