/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-link-entry.h"

#include "duo-link-text.h"

#include <glib/gi18n.h>

/**
 * DuoLinkEntry:
 *
 * Where the link or code of a call is typed or pasted, with the button that joins it. What is typed
 * is checked at once; a link on the clipboard is taken when the window gets the focus.
 */
struct _DuoLinkEntry {
  AdwBin parent_instance;

  /* Template */
  GtkEditable *text;
  GtkWidget *join;
  GtkLabel *hint;

  /* Owned */
  char *server;
  char *offered;
  DuoJoinLink *link;
};

enum {
  PROP_0,
  PROP_SERVER,
  N_PROPS
};
enum {
  SIGNAL_JOIN,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoLinkEntry, duo_link_entry, ADW_TYPE_BIN)

static void
set_hint (DuoLinkEntry *self, const char *text, gboolean wrong)
{
  gtk_label_set_label (self->hint, text);
  if (wrong) {
    gtk_widget_add_css_class (GTK_WIDGET (self->hint), "error");
    gtk_widget_add_css_class (GTK_WIDGET (self->text), "error");
  } else {
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint), "error");
    gtk_widget_remove_css_class (GTK_WIDGET (self->text), "error");
  }
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->text),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->text),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text,
                                  -1);
}

static void
check_link (DuoLinkEntry *self)
{
  const char *text = gtk_editable_get_text (self->text);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->link, duo_join_link_unref);
  if (*text != '\0')
    self->link = duo_join_link_parse (text, self->server, &error);
  gtk_widget_set_sensitive (self->join, self->link != NULL);

  if (self->link != NULL) {
    g_autofree char *hint = NULL;

    if (g_strcmp0 (text, self->offered) == 0)
      /* Translators: a link was found on the clipboard; %s is the name of a server. */
      hint = g_strdup_printf (_ ("From the clipboard: a call on %s"),
                              duo_join_link_get_host (self->link));
    else
      /* Translators: %s is the name of a server. */
      hint = g_strdup_printf (_ ("A call on %s"), duo_join_link_get_host (self->link));
    set_hint (self, hint, FALSE);
  } else if (error != NULL && !duo_link_text_may_grow (text, error)) {
    set_hint (self, duo_link_text_get_problem (error), TRUE);
  } else {
    set_hint (self, "", FALSE);
  }
}

static void
on_join (DuoLinkEntry *self)
{
  if (self->link != NULL)
    g_signal_emit (self, signals[SIGNAL_JOIN], 0, self->link);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
set_server (DuoLinkEntry *self, const char *server)
{
  if (server != NULL && *server == '\0')
    server = NULL;
  if (g_strcmp0 (self->server, server) == 0)
    return;
  g_free (self->server);
  self->server = g_strdup (server);
  check_link (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SERVER]);
}

static void
on_clipboard_text (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DuoLinkEntry) self = DUO_LINK_ENTRY (user_data);
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (object), result, NULL);

  if (text != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    duo_link_entry_offer (self, text);
}

/* The clipboard may only be read by a window with the focus. */
static void
on_window_active (DuoLinkEntry *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));

  if (root != NULL && gtk_window_is_active (GTK_WINDOW (root)) &&
      gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), G_TYPE_STRING))
    gdk_clipboard_read_text_async (clipboard, NULL, on_clipboard_text, g_object_ref (self));
}

static void
duo_link_entry_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (duo_link_entry_parent_class)->root (widget);

  g_signal_connect_object (gtk_widget_get_root (widget),
                           "notify::is-active",
                           G_CALLBACK (on_window_active),
                           widget,
                           G_CONNECT_SWAPPED);
}

static void
duo_link_entry_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);

  GTK_WIDGET_CLASS (duo_link_entry_parent_class)->unroot (widget);
}

static void
duo_link_entry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoLinkEntry *self = DUO_LINK_ENTRY (object);

  switch (id) {
  case PROP_SERVER:
    g_value_set_string (value, self->server);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_link_entry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DuoLinkEntry *self = DUO_LINK_ENTRY (object);

  switch (id) {
  case PROP_SERVER:
    set_server (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_link_entry_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_LINK_ENTRY);

  G_OBJECT_CLASS (duo_link_entry_parent_class)->dispose (object);
}

static void
duo_link_entry_finalize (GObject *object)
{
  DuoLinkEntry *self = DUO_LINK_ENTRY (object);

  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->offered, g_free);
  g_clear_pointer (&self->link, duo_join_link_unref);

  G_OBJECT_CLASS (duo_link_entry_parent_class)->finalize (object);
}

static void
duo_link_entry_class_init (DuoLinkEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = duo_link_entry_get_property;
  object_class->set_property = duo_link_entry_set_property;
  object_class->dispose = duo_link_entry_dispose;
  object_class->finalize = duo_link_entry_finalize;
  widget_class->root = duo_link_entry_root;
  widget_class->unroot = duo_link_entry_unroot;

  /**
   * DuoLinkEntry:server:
   *
   * The server of codes alone, or %NULL if they need a whole link.
   */
  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoLinkEntry::join:
   * @self: the page
   * @link: the link of the call
   *
   * Somebody wants to join a call.
   */
  signals[SIGNAL_JOIN] = g_signal_new ("join",
                                       DUO_TYPE_LINK_ENTRY,
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       NULL,
                                       NULL,
                                       NULL,
                                       G_TYPE_NONE,
                                       1,
                                       DUO_TYPE_JOIN_LINK);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-link-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoLinkEntry, text);
  gtk_widget_class_bind_template_child (widget_class, DuoLinkEntry, join);
  gtk_widget_class_bind_template_child (widget_class, DuoLinkEntry, hint);
  gtk_widget_class_bind_template_callback (widget_class, check_link);
  gtk_widget_class_bind_template_callback (widget_class, on_join);
}

static void
duo_link_entry_init (DuoLinkEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_link_entry_new:
 *
 * Returns: (transfer floating): an empty entry
 */
GtkWidget *
duo_link_entry_new (void)
{
  return g_object_new (DUO_TYPE_LINK_ENTRY, NULL);
}

/**
 * duo_link_entry_set_text:
 * @text: a link or code, right or wrong
 *
 * Puts @text in, as if it had been typed.
 */
void
duo_link_entry_set_text (DuoLinkEntry *self, const char *text)
{
  g_return_if_fail (DUO_IS_LINK_ENTRY (self));

  gtk_editable_set_text (self->text, text);
}

/**
 * duo_link_entry_get_text:
 *
 * Returns: (transfer none): what stands in it
 */
const char *
duo_link_entry_get_text (DuoLinkEntry *self)
{
  g_return_val_if_fail (DUO_IS_LINK_ENTRY (self), "");

  return gtk_editable_get_text (self->text);
}

/**
 * duo_link_entry_get_hint:
 *
 * Returns: (transfer none): what is said about the text, "" if there is nothing to say
 */
const char *
duo_link_entry_get_hint (DuoLinkEntry *self)
{
  g_return_val_if_fail (DUO_IS_LINK_ENTRY (self), "");

  return gtk_label_get_label (self->hint);
}

/**
 * duo_link_entry_focus:
 *
 * Puts the keyboard here.
 */
void
duo_link_entry_focus (DuoLinkEntry *self)
{
  g_return_if_fail (DUO_IS_LINK_ENTRY (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/**
 * duo_link_entry_offer:
 * @text: what is on the clipboard
 *
 * Takes a whole link from the clipboard, unless something has been typed already. The same text is
 * taken only once, so that somebody who deleted it is left in peace.
 *
 * Returns: whether it was taken
 */
gboolean
duo_link_entry_offer (DuoLinkEntry *self, const char *text)
{
  g_autoptr (DuoJoinLink) link = NULL;
  g_autofree char *stripped = NULL;

  g_return_val_if_fail (DUO_IS_LINK_ENTRY (self), FALSE);

  /* No default server: a code alone could be any word. */
  link = duo_join_link_parse (text, NULL, NULL);
  stripped = g_strstrip (g_strdup (text));
  if (link == NULL || *gtk_editable_get_text (self->text) != '\0' ||
      g_strcmp0 (self->offered, stripped) == 0)
    return FALSE;
  g_free (self->offered);
  self->offered = g_steal_pointer (&stripped);
  gtk_editable_set_text (self->text, self->offered);
  return TRUE;
}

/**
 * duo_link_entry_ignore:
 * @text: a link of one's own
 *
 * Keeps duo_link_entry_offer() from taking @text, which was put on the clipboard to be sent away.
 */
void
duo_link_entry_ignore (DuoLinkEntry *self, const char *text)
{
  g_return_if_fail (DUO_IS_LINK_ENTRY (self));

  g_free (self->offered);
  self->offered = g_strdup (text);
}
