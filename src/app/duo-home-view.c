/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-home-view.h"

#include "duo-own-name.h"
#include "duo-text.h"

#include <glib/gi18n.h>

/**
 * DuoHomeView:
 *
 * The first page: make a call by `win.new-call`, or join one by its link or code.
 */
struct _DuoHomeView {
  AdwBin parent_instance;

  /* Template */
  GtkWidget *menu;
  GtkWidget *new_call;
  GtkLabel *hosting;
  DuoLinkEntry *link_entry;
  AdwEntryRow *name_row;

  /* Owned */
  char *name;
  char *given_name; /* nullable: for this run of the program alone */
  char *server;
  GSettings *settings;
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_SERVER,
  N_PROPS
};
enum {
  SIGNAL_JOIN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoHomeView, duo_home_view, ADW_TYPE_BIN)

static void
on_join (DuoHomeView *self, DuoJoinLink *link)
{
  g_signal_emit (self, signals[SIGNAL_JOIN], 0, link);
}

static void
set_server (DuoHomeView *self, const char *server)
{
  if (server != NULL && *server == '\0')
    server = NULL;
  if (g_strcmp0 (self->server, server) == 0 && self->server != NULL)
    return;
  g_free (self->server);
  self->server = g_strdup (server);
  if (self->server != NULL) {
    const char *host = strstr (self->server, "://");
    /* Translators: %s is the name of a server. */
    g_autofree char *text =
      g_strdup_printf (_ ("New calls go over %s"), host != NULL ? host + 3 : self->server);

    gtk_label_set_label (self->hosting, text);
  } else {
    gtk_label_set_label (self->hosting,
                         _ ("New calls are hosted on this computer, for the local network"));
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}

static void
set_name (DuoHomeView *self, const char *name)
{
  if (name == NULL)
    name = "";
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

static void
duo_home_view_map (GtkWidget *widget)
{
  DuoHomeView *self = DUO_HOME_VIEW (widget);

  if (self->settings != NULL && self->given_name == NULL) {
    g_autofree char *name = duo_own_name_get (self->settings);

    set_name (self, name);
  }

  GTK_WIDGET_CLASS (duo_home_view_parent_class)->map (widget);

  gtk_widget_grab_focus (self->new_call);
}

static void
on_name (DuoHomeView *self)
{
  g_autofree char *plain = duo_text_to_plain (self->name, DUO_NAME_MAX_CHARS);

  g_clear_pointer (&self->given_name, g_free);
  g_settings_set_string (self->settings, "name", plain);
}

static void
duo_home_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoHomeView *self = DUO_HOME_VIEW (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_SERVER:
    g_value_set_string (value, self->server);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_home_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DuoHomeView *self = DUO_HOME_VIEW (object);

  switch (id) {
  case PROP_NAME:
    set_name (self, g_value_get_string (value));
    break;
  case PROP_SERVER:
    set_server (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_home_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_HOME_VIEW);

  G_OBJECT_CLASS (duo_home_view_parent_class)->dispose (object);
}

static void
duo_home_view_finalize (GObject *object)
{
  DuoHomeView *self = DUO_HOME_VIEW (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->given_name, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (duo_home_view_parent_class)->finalize (object);
}

static void
duo_home_view_class_init (DuoHomeViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = duo_home_view_get_property;
  object_class->set_property = duo_home_view_set_property;
  object_class->dispose = duo_home_view_dispose;
  object_class->finalize = duo_home_view_finalize;
  widget_class->map = duo_home_view_map;

  /**
   * DuoHomeView:name:
   *
   * The person's own name, edited in place.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, "", flags);
  /**
   * DuoHomeView:server:
   *
   * The server of new calls and of codes alone, or %NULL for this computer.
   */
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoHomeView::join:
   * @self: the page
   * @link: the link of the call
   *
   * Somebody wants to join a call.
   */
  signals[SIGNAL_JOIN] = g_signal_new ("join",
                                       DUO_TYPE_HOME_VIEW,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       DUO_TYPE_JOIN_LINK);

  g_type_ensure (DUO_TYPE_LINK_ENTRY);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-home-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoHomeView, menu);
  gtk_widget_class_bind_template_child (widget_class, DuoHomeView, new_call);
  gtk_widget_class_bind_template_child (widget_class, DuoHomeView, hosting);
  gtk_widget_class_bind_template_child (widget_class, DuoHomeView, link_entry);
  gtk_widget_class_bind_template_child (widget_class, DuoHomeView, name_row);
  gtk_widget_class_bind_template_callback (widget_class, on_join);
}

static void
duo_home_view_init (DuoHomeView *self)
{
  GtkEditable *name_text = NULL;

  self->name = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  /* What takes the focus is the button inside, which takes no name from the menu button. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (self->menu)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Main Menu"),
                                  -1);
  name_text = gtk_editable_get_delegate (GTK_EDITABLE (self->name_row));
  gtk_text_set_max_length (GTK_TEXT (name_text), DUO_NAME_MAX_CHARS);
  set_server (self, NULL);
}

/**
 * duo_home_view_new:
 *
 * Returns: (transfer floating): the page
 */
GtkWidget *
duo_home_view_new (void)
{
  return g_object_new (DUO_TYPE_HOME_VIEW, NULL);
}

/**
 * duo_home_view_follow_settings:
 * @settings: the settings of the program
 *
 * Keeps name and server in step with the settings. To be done once.
 */
void
duo_home_view_follow_settings (DuoHomeView *self, GSettings *settings)
{
  g_autofree char *name = NULL;

  g_return_if_fail (DUO_IS_HOME_VIEW (self));
  g_return_if_fail (self->settings == NULL);

  self->settings = g_object_ref (settings);
  name = duo_own_name_get (settings);
  set_name (self, name);
  g_settings_bind (settings, "server", self, "server", G_SETTINGS_BIND_GET);
  g_signal_connect (self, "notify::name", G_CALLBACK (on_name), NULL);
}

/**
 * duo_home_view_use_name:
 * @name: a name
 *
 * Goes by another name than that of the settings, which stays as it is, until somebody edits it.
 */
void
duo_home_view_use_name (DuoHomeView *self, const char *name)
{
  g_return_if_fail (DUO_IS_HOME_VIEW (self));
  g_return_if_fail (name != NULL);

  g_free (self->given_name);
  self->given_name = g_strdup (name);
  g_signal_handlers_block_by_func (self, on_name, NULL);
  set_name (self, name);
  g_signal_handlers_unblock_by_func (self, on_name, NULL);
}

/**
 * duo_home_view_dup_given_name:
 *
 * Returns: (transfer full) (nullable): the name of duo_home_view_use_name(), while it holds
 */
char *
duo_home_view_dup_given_name (DuoHomeView *self)
{
  g_return_val_if_fail (DUO_IS_HOME_VIEW (self), NULL);

  return g_strdup (self->given_name);
}

/**
 * duo_home_view_get_link_entry:
 *
 * Returns: (transfer none): where links are typed
 */
DuoLinkEntry *
duo_home_view_get_link_entry (DuoHomeView *self)
{
  g_return_val_if_fail (DUO_IS_HOME_VIEW (self), NULL);

  return self->link_entry;
}
