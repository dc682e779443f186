/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/app/app.h>
#include <gst/gst.h>

G_BEGIN_DECLS

GstAppSink *duo_receive_branch_make_audio_sink (GError **error);
GstElement *duo_receive_branch_new_audio (GstAppSink *sink, GError **error);
GstElement *duo_receive_branch_new_video (GstElement *sink, GstPad **decoded, GError **error);

G_END_DECLS
