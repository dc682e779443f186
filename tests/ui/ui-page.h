/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "ui-wait.h"

#include <adwaita.h>

/* Loads what DuoApplication does at start: style, icons. */
static inline void
ui_page_init (int *argc, char ***argv)
{
  g_autoptr (GtkCssProvider) provider = NULL;

  g_test_init (argc, argv, NULL);
  adw_init ();
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, "/io/github/duologue/Duologue/style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    "/io/github/duologue/Duologue/icons");
}

/* A window of the size with the page in it, shown. */
static inline GtkWindow *
ui_page_present (GtkWidget *page, int width, int height)
{
  GtkWindow *window =
    g_object_new (ADW_TYPE_WINDOW, "default-width", width, "default-height", height, NULL);

  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_present (window);
  ui_wait_until (gtk_widget_get_mapped (page) && gtk_widget_get_width (page) > 0);
  return window;
}

/* Keeps a picture of the window where DUO_SHOTS says, for eyes; does nothing without it. */
static inline void
ui_page_shoot (GtkWindow *window, const char *name)
{
  const char *folder = g_getenv ("DUO_SHOTS");
  int width = gtk_widget_get_width (GTK_WIDGET (window));
  int height = gtk_widget_get_height (GTK_WIDGET (window));
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autofree char *path = NULL;

  if (folder == NULL)
    return;
  ui_run_for (400);
  paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)),
                                         node,
                                         &GRAPHENE_RECT_INIT (0, 0, width, height));
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}
