/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <gst/app/app.h>

#include "duo-device-monitor.h"
#include "duo-media-types.h"

G_BEGIN_DECLS

/**
 * DuoMediaGraph:
 *
 * Camera, microphone and speaker of one person, from the lobby until after the call. It outlives
 * any peer: each peer connection is attached and detached while capture and preview go on. Nothing
 * here waits for a device, and no device's trouble is more than a #DuoMediaProblem.
 */
#define DUO_TYPE_MEDIA_GRAPH (duo_media_graph_get_type ())
G_DECLARE_FINAL_TYPE (DuoMediaGraph, duo_media_graph, DUO, MEDIA_GRAPH, GObject)

/**
 * DuoMediaGraph:camera-enabled:
 *
 * Whether the camera is on. Off, the device is closed and black goes out.
 */

/**
 * DuoMediaGraph:microphone-enabled:
 *
 * Whether the other hears the microphone. Off, silence goes out; the device stays open, and
 * #DuoMediaGraph:microphone-level goes on.
 */

/**
 * DuoMediaGraph:camera:
 *
 * Id of the camera to use whenever it is there, or %NULL for the default.
 */

/**
 * DuoMediaGraph:microphone:
 *
 * Id of the microphone to use whenever it is there, or %NULL for the default.
 */

/**
 * DuoMediaGraph:speaker:
 *
 * Id of the speaker to use whenever it is there, or %NULL for the default.
 */

/**
 * DuoMediaGraph:noise-suppression:
 *
 * Whether noise is taken out of the microphone's sound.
 */

/**
 * DuoMediaGraph:microphone-level:
 *
 * How loud the microphone is, ten times a second: 0 for −60 dBFS and less, 1 for full scale, in
 * between linear in decibels.
 */

/**
 * DuoMediaGraph:camera-problem:
 *
 * Why there is no picture, while the camera is on.
 */

/**
 * DuoMediaGraph:microphone-problem:
 *
 * Why there is no sound.
 */

/**
 * DuoMediaGraph:speaker-problem:
 *
 * Why nothing is heard.
 */

/**
 * DuoMediaGraph:echo-cancelling:
 *
 * Whether echo is cancelled: %FALSE where the plug-in for that is not installed.
 */

/**
 * DuoMediaGraph:active-camera:
 *
 * The camera that is open, or %NULL.
 */

/**
 * DuoMediaGraph:active-microphone:
 *
 * The microphone that is open, or %NULL.
 */

/**
 * DuoMediaGraph:active-speaker:
 *
 * The speaker that is open, or %NULL.
 */

/**
 * DuoMediaGraph::device-switched:
 * @kind: which one
 * @from: (nullable): the device that was used
 * @to: (nullable): the device that is used now, or %NULL where there is no other
 *
 * A device went away and another one took its place, or it came back.
 */

/**
 * duo_media_graph_new:
 * @monitor: (nullable): the devices, started or not; %NULL for none at all, as with test media
 * @test_media: whether a test picture and tone go out instead of camera and microphone; the speaker
 *   plays all the same where there is one
 *
 * Returns: (transfer full): a graph that is not started: everything enabled, no device in
 * particular
 */
DuoMediaGraph *duo_media_graph_new (DuoDeviceMonitor *monitor, gboolean test_media);

/**
 * duo_media_graph_start:
 *
 * Opens the speaker and what is enabled. Returns at once; how it went shows in the properties.
 */
void duo_media_graph_start (DuoMediaGraph *self);

/**
 * duo_media_graph_stop_async:
 * @callback: called once the devices are closed, or did not within 3 s
 * @user_data: for @callback
 *
 * Ends it for good.
 */
void
duo_media_graph_stop_async (DuoMediaGraph *self, GAsyncReadyCallback callback, gpointer user_data);

/**
 * duo_media_graph_stop_finish:
 * @result: what the callback got
 * @error: unused: stopping does not fail
 *
 * Returns: %TRUE
 */
gboolean duo_media_graph_stop_finish (DuoMediaGraph *self, GAsyncResult *result, GError **error);

/**
 * duo_media_graph_set_preview_sink:
 * @sink: (nullable) (transfer floating): a new video sink for one's own picture, not mirrored;
 * %NULL for none
 */
void duo_media_graph_set_preview_sink (DuoMediaGraph *self, GstElement *sink);

/**
 * duo_media_graph_set_preview_large:
 * @large: %TRUE for the lobby: up to 960 pixels wide at the camera's rate; %FALSE, the default, for
 * a cheap one in the corner: 320 pixels wide, 15 times a second
 */
void duo_media_graph_set_preview_large (DuoMediaGraph *self, gboolean large);

/**
 * duo_media_graph_attach_peer:
 * @audio_in: where sound goes into the peer's pipeline
 * @video_in: where pictures go into it
 * @audio_out: (nullable): where the other's sound comes out of it, in S16LE 48 kHz mono
 *
 * Connects a peer, whose pipeline uses duo_media_graph_get_clock(), instead of the last one.
 */
void duo_media_graph_attach_peer (DuoMediaGraph *self,
                                  GstAppSrc *audio_in,
                                  GstAppSrc *video_in,
                                  GstAppSink *audio_out);

/**
 * duo_media_graph_detach_peer:
 *
 * Lets go of the peer: once this has returned nothing more goes in or comes out of it.
 */
void duo_media_graph_detach_peer (DuoMediaGraph *self);

/**
 * duo_media_graph_set_remote_sound_tap:
 * @tap: (nullable): where the other's sound goes besides the speaker, such as a recording
 */
void duo_media_graph_set_remote_sound_tap (DuoMediaGraph *self, GstAppSrc *tap);

/**
 * duo_media_graph_play_chime:
 *
 * Plays a short pleasant sound on the speaker, if it is open.
 */
void duo_media_graph_play_chime (DuoMediaGraph *self);

/**
 * duo_media_graph_get_clock:
 *
 * Returns: (transfer none): the clock of every pipeline here
 */
GstClock *duo_media_graph_get_clock (DuoMediaGraph *self);

G_END_DECLS
