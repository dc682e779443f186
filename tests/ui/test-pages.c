/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every page in both colour schemes, from the narrowest window to a wide one. */

#include "config.h"

#include <glib/gstdio.h>

#include "duo-access-group.h"
#include "duo-ended-view.h"
#include "duo-home-view.h"
#include "duo-ice-store.h"
#include "duo-lobby-view.h"
#include "duo-network-group.h"
#include "duo-token-store.h"
#include "ui-page.h"

#define NARROWEST 360

static GtkWidget *
make_home (void)
{
  GtkWidget *page = duo_home_view_new ();

  g_object_set (page, "name", "Ada Lovelace", "server", "https://calls.example.org", NULL);
  return page;
}

static GtkWidget *
make_home_mistyped (void)
{
  GtkWidget *page = make_home ();

  duo_link_entry_set_text (duo_home_view_get_link_entry (DUO_HOME_VIEW (page)),
                           "https://calls.example.org/call#k7qm-4xwp-93h4");
  return page;
}

static GtkWidget *
make_home_link (void)
{
  GtkWidget *page = duo_home_view_new ();

  g_object_set (page, "name", "Ada Lovelace", NULL);
  duo_link_entry_offer (duo_home_view_get_link_entry (DUO_HOME_VIEW (page)),
                        "https://calls.example.org/call#k7qm-4xwp-93h3");
  return page;
}

static GtkWidget *
make_lobby (void)
{
  static const char *const labels[] = {
    "Integrated Camera",
    "Built-in Audio Analog Stereo with a Long Name",
    "Headphones",
  };
  GtkWidget *page = duo_lobby_view_new ();

  g_object_set (page, "name", "Ada Lovelace", NULL);
  for (guint kind = 0; kind < G_N_ELEMENTS (labels); kind++) {
    g_autoptr (GListStore) devices = g_list_store_new (DUO_TYPE_DEVICE);
    g_autoptr (DuoDevice) device =
      duo_device_new ((DuoDeviceKind) kind, labels[kind], labels[kind], NULL);
    DuoDeviceRow *row = duo_lobby_view_get_device_row (DUO_LOBBY_VIEW (page), (DuoDeviceKind) kind);

    g_list_store_append (devices, device);
    duo_device_row_set_devices (row, G_LIST_MODEL (devices));
    duo_device_row_set_active (row, device);
  }
  return page;
}

static GtkWidget *
make_own_lobby (void)
{
  GtkWidget *page = make_lobby ();
  g_autoptr (DuoJoinLink) link =
    duo_join_link_parse ("http://192.168.178.23:45321/call#k7qm-4xwp-93h3", NULL, NULL);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 640, 480);
  g_autoptr (GdkTexture) texture = NULL;
  DuoLobbyPreview *preview = duo_lobby_view_get_preview (DUO_LOBBY_VIEW (page));

  gdk_pixbuf_fill (pixbuf, 0x3584e4ff);
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  duo_lobby_view_set_own_call (DUO_LOBBY_VIEW (page), link, TRUE);
  duo_lobby_preview_set_paintable (preview, GDK_PAINTABLE (texture));
  g_object_set (preview, "has-picture", TRUE, "level", 0.6, NULL);
  return page;
}

static GtkWidget *
make_invited_lobby (void)
{
  GtkWidget *page = make_lobby ();
  g_autoptr (DuoJoinLink) link =
    duo_join_link_parse ("https://calls.example.org/call#k7qm-4xwp-93h3", NULL, NULL);

  duo_lobby_view_set_invitation (DUO_LOBBY_VIEW (page), link);
  duo_lobby_view_set_company (DUO_LOBBY_VIEW (page), DUO_LOBBY_COMPANY_NOBODY);
  g_object_set (duo_lobby_view_get_preview (DUO_LOBBY_VIEW (page)), "camera-enabled", FALSE, NULL);
  return page;
}

static GtkWidget *
make_bare_lobby (void)
{
  GtkWidget *page = duo_lobby_view_new ();
  g_autoptr (DuoJoinLink) link =
    duo_join_link_parse ("wss://rooms.example.org/parties/main/demo", NULL, NULL);

  g_object_set (page, "name", "Ada Lovelace", NULL);
  duo_lobby_view_set_invitation (DUO_LOBBY_VIEW (page), link);
  duo_lobby_view_set_company (DUO_LOBBY_VIEW (page), DUO_LOBBY_COMPANY_UNREACHABLE);
  for (guint kind = 0; kind < DUO_N_DEVICE_KINDS; kind++)
    duo_lobby_view_set_problem (DUO_LOBBY_VIEW (page),
                                (DuoDeviceKind) kind,
                                DUO_MEDIA_PROBLEM_MISSING);
  duo_lobby_view_set_echo_cancelling (DUO_LOBBY_VIEW (page), FALSE);
  g_object_set (duo_lobby_view_get_preview (DUO_LOBBY_VIEW (page)),
                "microphone-enabled",
                FALSE,
                NULL);
  return page;
}

static GtkWidget *
make_ended (void)
{
  GtkWidget *page = duo_ended_view_new ();
  g_autoptr (DuoJoinLink) link =
    duo_join_link_parse ("https://calls.example.org/call#k7qm-4xwp-93h3", NULL, NULL);

  duo_ended_view_show (DUO_ENDED_VIEW (page),
                       DUO_CALL_END_REMOTE_LEFT,
                       "Grace <Hopper>",
                       link,
                       NULL,
                       725 * G_USEC_PER_SEC);
  return page;
}

static GtkWidget *
make_ended_unsafe (void)
{
  GtkWidget *page = duo_ended_view_new ();
  g_autoptr (DuoJoinLink) link =
    duo_join_link_parse ("https://calls.example.org/call#k7qm-4xwp-93h3", NULL, NULL);

  duo_ended_view_show (DUO_ENDED_VIEW (page), DUO_CALL_END_FINGERPRINT, NULL, link, NULL, 0);
  return page;
}

static GtkWidget *
make_ended_refused (void)
{
  GtkWidget *page = duo_ended_view_new ();
  g_autoptr (DuoJoinLink) link =
    duo_join_link_parse ("https://calls.example.org/call#k7qm-4xwp-93h3", NULL, NULL);

  duo_ended_view_show (DUO_ENDED_VIEW (page), DUO_CALL_END_NOT_ALLOWED, NULL, link, NULL, 0);
  return page;
}

static GtkWidget *
make_network (void)
{
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);
  g_autofree char *folder = g_dir_make_tmp (NULL, NULL);
  g_autofree char *path = g_build_filename (folder, "ice-servers", NULL);
  g_autofree char *tokens = g_build_filename (folder, "tokens", NULL);
  g_autoptr (GPtrArray) entries =
    g_ptr_array_new_with_free_func ((GDestroyNotify) duo_ice_entry_free);
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *network = g_object_new (DUO_TYPE_NETWORK_GROUP, NULL);
  GtkWidget *access = g_object_new (DUO_TYPE_ACCESS_GROUP, NULL);

  g_ptr_array_add (entries, duo_ice_entry_new ("stun:stun.example.org", NULL, NULL));
  g_ptr_array_add (entries,
                   duo_ice_entry_new ("turn:turn.example.org:443?transport=tcp", "ada", "secret"));
  g_assert_true (duo_ice_store_save (folder, entries, NULL));
  g_assert_true (duo_token_store_save (folder, "https://calls.example.org", "aaa.bbb.ccc", NULL));
  duo_access_group_set_server (DUO_ACCESS_GROUP (access), "https://calls.example.org", folder);
  duo_network_group_follow (DUO_NETWORK_GROUP (network), settings, folder);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (access));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (network));
  duo_token_store_remove (folder, "https://calls.example.org");
  g_unlink (path);
  g_rmdir (tokens);
  g_rmdir (folder);
  return page;
}

typedef struct {
  const char *name;
  GtkWidget *(*make) (void);
} Page;

static const Page pages[] = {
  { "home", make_home },
  { "home-mistyped", make_home_mistyped },
  { "home-link", make_home_link },
  { "lobby-own", make_own_lobby },
  { "lobby-invited", make_invited_lobby },
  { "lobby-bare", make_bare_lobby },
  { "ended", make_ended },
  { "ended-unsafe", make_ended_unsafe },
  { "ended-refused", make_ended_refused },
  { "network", make_network },
};

static void
test_page (gconstpointer data)
{
  static const struct {
    int width;
    int height;
  } sizes[] = { { NARROWEST, 640 }, { 800, 600 }, { 1280, 800 } };
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_FORCE_LIGHT,
                                            ADW_COLOR_SCHEME_FORCE_DARK };
  const Page *page = data;

  for (guint scheme = 0; scheme < G_N_ELEMENTS (schemes); scheme++) {
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[scheme]);
    for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
      GtkWidget *widget = page->make ();
      GtkWindow *window = ui_page_present (widget, sizes[i].width, sizes[i].height);
      g_autofree char *name =
        g_strdup_printf ("%s-%d-%s", page->name, sizes[i].width, scheme == 0 ? "light" : "dark");
      int minimum;

      gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      g_assert_cmpint (minimum, <=, NARROWEST);
      ui_page_shoot (window, name);
      g_object_ref (widget);
      gtk_window_destroy (window);
      g_assert_finalize_object (widget);
    }
  }
}

int
main (int argc, char *argv[])
{
  ui_page_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autofree char *path = g_strdup_printf ("/pages/%s", pages[i].name);

    g_test_add_data_func (path, &pages[i], test_page);
  }
  return g_test_run ();
}
