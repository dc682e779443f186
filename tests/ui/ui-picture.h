/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

GdkPaintable *ui_picture_new (int width, int height, double hue);
