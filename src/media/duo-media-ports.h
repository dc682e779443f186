/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "duo-media-parts.h"

G_BEGIN_DECLS

#define DUO_TYPE_MEDIA_PORTS (duo_media_ports_get_type ())
G_DECLARE_FINAL_TYPE (DuoMediaPorts, duo_media_ports, DUO, MEDIA_PORTS, GObject)

DuoMediaPorts *duo_media_ports_new (DuoMediaParts *parts);
void duo_media_ports_set_preview_sink (DuoMediaPorts *self, GstElement *sink);
void duo_media_ports_set_preview_large (DuoMediaPorts *self, gboolean large);
void duo_media_ports_attach_peer (DuoMediaPorts *self,
                                  GstAppSrc *audio_in,
                                  GstAppSrc *video_in,
                                  GstAppSink *audio_out);
void duo_media_ports_detach_peer (DuoMediaPorts *self);
void duo_media_ports_detach_all (DuoMediaPorts *self);

G_END_DECLS
