/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-access-group.h"

#include "duo-text.h"
#include "duo-token-store.h"

#include <glib/gi18n.h>

/**
 * DuoAccessGroup:
 *
 * The access token for one server. It is kept in a file of its own, never in the settings, and is
 * not shown again.
 */
struct _DuoAccessGroup {
  AdwPreferencesGroup parent_instance;

  /* Template */
  AdwActionRow *kept;
  GtkEditable *token;
  AdwActionRow *problem;

  /* Owned; nullable */
  char *server;
  char *directory;
};

G_DEFINE_FINAL_TYPE (DuoAccessGroup, duo_access_group, ADW_TYPE_PREFERENCES_GROUP)

static void
show_problem (DuoAccessGroup *self, const char *title, const char *detail)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), title != NULL);
  if (title != NULL) {
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem), title);
    adw_action_row_set_subtitle (self->problem, detail);
    gtk_widget_add_css_class (GTK_WIDGET (self->token), "error");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self->token), "error");
  }
}

static void
update (DuoAccessGroup *self)
{
  g_autofree char *token =
    self->server != NULL ? duo_token_store_load (self->directory, self->server) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), self->server != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->kept), token != NULL);
  adw_action_row_set_subtitle (self->kept, self->server != NULL ? self->server : "");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->token),
                                 token != NULL ? _ ("Another access token") : _ ("Access token"));
}

static void
changed_cb (DuoAccessGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->token)));

  if (*text == '\0' || duo_text_is_token (text))
    show_problem (self, NULL, NULL);
  else
    show_problem (self,
                  _ ("This is no access token"),
                  _ ("It is one long word of letters, digits, dots, dashes and underscores."));
}

static void
apply_cb (DuoAccessGroup *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->token)));
  g_autoptr (GError) error = NULL;

  if (!duo_text_is_token (text)) {
    changed_cb (self);
    return;
  }
  if (!duo_token_store_save (self->directory, self->server, text, &error)) {
    show_problem (self, _ ("The token could not be kept"), error->message);
    return;
  }
  gtk_editable_set_text (self->token, "");
  update (self);
}

static void
remove_cb (DuoAccessGroup *self)
{
  duo_token_store_remove (self->directory, self->server);
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->token));
}

static void
duo_access_group_dispose (GObject *object)
{
  DuoAccessGroup *self = DUO_ACCESS_GROUP (object);

  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_ACCESS_GROUP);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->directory, g_free);

  G_OBJECT_CLASS (duo_access_group_parent_class)->dispose (object);
}

static void
duo_access_group_class_init (DuoAccessGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_access_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-access-group.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoAccessGroup, kept);
  gtk_widget_class_bind_template_child (widget_class, DuoAccessGroup, token);
  gtk_widget_class_bind_template_child (widget_class, DuoAccessGroup, problem);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, apply_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
}

static void
duo_access_group_init (DuoAccessGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

/**
 * duo_access_group_set_server:
 * @self: the group
 * @server: (nullable): `http[s]://HOST[:PORT]`, %NULL for none
 * @directory: (nullable): where tokens are kept, %NULL for the user's state directory
 *
 * Shows whether there is a token for a server, and takes another for it.
 */
void
duo_access_group_set_server (DuoAccessGroup *self, const char *server, const char *directory)
{
  g_return_if_fail (DUO_IS_ACCESS_GROUP (self));

  g_free (self->server);
  self->server = g_strdup (server);
  g_free (self->directory);
  self->directory = g_strdup (directory);
  gtk_editable_set_text (self->token, "");
  update (self);
}

/**
 * duo_access_group_edit:
 * @self: the group, with a server
 *
 * Puts the focus where a token is typed.
 */
void
duo_access_group_edit (DuoAccessGroup *self)
{
  g_return_if_fail (DUO_IS_ACCESS_GROUP (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->token));
}
