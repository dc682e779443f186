/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-lobby-view.h"

#include "duo-columns-layout.h"
#include "duo-link-box.h"
#include "duo-problem-text.h"
#include "duo-text.h"

#include <glib/gi18n.h>

/**
 * DuoLobbyView:
 *
 * The page before a call: how one looks and sounds, with which devices, under which name, and who
 * is there. Its buttons activate `win.join-call`, `win.home`, `win.copy-link` and `win.chime`.
 */
struct _DuoLobbyView {
  AdwBin parent_instance;

  /* Template */
  AdwWindowTitle *title;
  DuoLobbyPreview *preview;
  GtkLabel *company;
  GtkLabel *company_detail;
  GtkWidget *join;
  GtkWidget *link_group;
  GtkLabel *link_note;
  DuoLinkBox *link_box;
  GtkWidget *open_room;
  AdwEntryRow *name_row;
  DuoDeviceRow *camera_row;
  DuoDeviceRow *microphone_row;
  DuoDeviceRow *speaker_row;
  AdwActionRow *microphone_problem;
  AdwActionRow *speaker_problem;
  GtkWidget *no_echo_cancelling;

  /* Owned */
  char *name;
  char *host;
};

enum {
  PROP_0,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoLobbyView, duo_lobby_view, ADW_TYPE_BIN)

static void
set_name (DuoLobbyView *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

static void
on_name_activated (DuoLobbyView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.join-call", NULL);
}

static void
duo_lobby_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoLobbyView *self = DUO_LOBBY_VIEW (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_lobby_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DuoLobbyView *self = DUO_LOBBY_VIEW (object);

  switch (id) {
  case PROP_NAME:
    set_name (self, g_value_get_string (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_lobby_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (duo_lobby_view_parent_class)->map (widget);

  gtk_widget_grab_focus (DUO_LOBBY_VIEW (widget)->join);
}

static void
duo_lobby_view_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_LOBBY_VIEW);

  G_OBJECT_CLASS (duo_lobby_view_parent_class)->dispose (object);
}

static void
duo_lobby_view_finalize (GObject *object)
{
  DuoLobbyView *self = DUO_LOBBY_VIEW (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->host, g_free);

  G_OBJECT_CLASS (duo_lobby_view_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, title);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, preview);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, company);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, company_detail);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, join);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, link_group);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, link_note);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, link_box);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, open_room);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, name_row);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, camera_row);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, microphone_row);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, speaker_row);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, microphone_problem);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, speaker_problem);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyView, no_echo_cancelling);
  gtk_widget_class_bind_template_callback (widget_class, on_name_activated);
}

static void
duo_lobby_view_class_init (DuoLobbyViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = duo_lobby_view_get_property;
  object_class->set_property = duo_lobby_view_set_property;
  object_class->dispose = duo_lobby_view_dispose;
  object_class->finalize = duo_lobby_view_finalize;
  widget_class->map = duo_lobby_view_map;

  /**
   * DuoLobbyView:name:
   *
   * The person's own name, edited in place.
   */
  properties[PROP_NAME] =
    g_param_spec_string ("name",
                         NULL,
                         NULL,
                         "",
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (DUO_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (DUO_TYPE_DEVICE_ROW);
  g_type_ensure (DUO_TYPE_LINK_BOX);
  g_type_ensure (DUO_TYPE_LOBBY_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-lobby-view.ui");
  bind_children (widget_class);
}

static void
duo_lobby_view_init (DuoLobbyView *self)
{
  GtkEditable *text = NULL;

  self->name = g_strdup ("");
  gtk_widget_init_template (GTK_WIDGET (self));

  text = gtk_editable_get_delegate (GTK_EDITABLE (self->name_row));
  gtk_text_set_max_length (GTK_TEXT (text), DUO_NAME_MAX_CHARS);
}

/**
 * duo_lobby_view_new:
 *
 * Returns: (transfer floating): the page, to be told which call by duo_lobby_view_set_own_call() or
 *   duo_lobby_view_set_invitation()
 */
GtkWidget *
duo_lobby_view_new (void)
{
  return g_object_new (DUO_TYPE_LOBBY_VIEW, NULL);
}

static void
set_host (DuoLobbyView *self, DuoJoinLink *link)
{
  g_free (self->host);
  self->host = g_strdup (duo_join_link_get_host (link));
  gtk_widget_set_visible (self->open_room, duo_join_link_is_open (link));
}

static const char *
get_link_note (DuoJoinLink *link, gboolean on_this_computer)
{
  /* Where there is no network the link carries the loopback address. */
  if (on_this_computer && g_str_has_prefix (duo_join_link_get_host (link), "127."))
    return _ ("This computer is not on a network, so the link works on this computer only.");
  if (on_this_computer)
    return _ ("It works in Duologue on the same network, as this computer hosts the call.");
  /* Browsers give camera and microphone to secure pages only. */
  if (g_str_has_prefix (duo_join_link_get_server (link), "https:"))
    return _ ("Whoever has this link can join, in Duologue or in a browser.");
  return _ ("Whoever has this link can join, in Duologue.");
}

/**
 * duo_lobby_view_set_own_call:
 * @link: the link of the call
 * @on_this_computer: whether this program itself is the server
 *
 * Shows a call that was just made, with the link to send.
 */
void
duo_lobby_view_set_own_call (DuoLobbyView *self, DuoJoinLink *link, gboolean on_this_computer)
{
  g_return_if_fail (DUO_IS_LOBBY_VIEW (self));

  set_host (self, link);
  adw_window_title_set_title (self->title, _ ("New Call"));
  duo_link_box_set_link (self->link_box, link);
  gtk_widget_set_visible (self->link_group, TRUE);
  gtk_label_set_label (self->link_note, get_link_note (link, on_this_computer));
  gtk_label_set_label (self->company, _ ("Your Call Is Ready"));
  gtk_label_set_label (self->company_detail,
                       _ ("Send the link to the other person and join when you like."));
}

/**
 * duo_lobby_view_set_invitation:
 * @link: the link of the call
 *
 * Shows a call that somebody else made.
 */
void
duo_lobby_view_set_invitation (DuoLobbyView *self, DuoJoinLink *link)
{
  g_return_if_fail (DUO_IS_LOBBY_VIEW (self));

  set_host (self, link);
  adw_window_title_set_title (self->title, _ ("Join Call"));
  gtk_widget_set_visible (self->link_group, FALSE);
  duo_lobby_view_set_company (self, DUO_LOBBY_COMPANY_ASKING);
}

/**
 * duo_lobby_view_set_company:
 * @company: who is there
 *
 * Tells who is in the call that one is invited to.
 */
void
duo_lobby_view_set_company (DuoLobbyView *self, DuoLobbyCompany company)
{
  static const struct {
    const char *title;
    /* With the server's name in it. */
    const char *detail;
  } texts[] = {
    [DUO_LOBBY_COMPANY_ASKING] = { N_ ("Ready to Join?"), N_ ("Looking who is there on %s…") },
    [DUO_LOBBY_COMPANY_NOBODY] = { N_ ("Nobody Is Here Yet"),
                                   N_ ("If you expected somebody, check the link or code. The call "
                                       "is on %s.") },
    [DUO_LOBBY_COMPANY_SOMEBODY] = { N_ ("Somebody Is Waiting for You"),
                                     N_ ("The call is on %s.") },
    [DUO_LOBBY_COMPANY_FULL] = { N_ ("The Call Is Full"),
                                 N_ ("Two people are in this call on %s already. Join to wait for "
                                     "a place.") },
    [DUO_LOBBY_COMPANY_UNKNOWN] = { N_ ("Ready to Join?"), N_ ("The call is on %s.") },
    [DUO_LOBBY_COMPANY_UNREACHABLE] = { N_ ("No Answer from the Server"),
                                        N_ ("Check that this computer is online and that %s is "
                                            "right. If the call is hosted on "
                                            "another computer, both have to be on the same "
                                            "network.") },
  };
  g_autofree char *detail = NULL;

  g_return_if_fail (DUO_IS_LOBBY_VIEW (self));
  g_return_if_fail (company < G_N_ELEMENTS (texts));

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  /* Translators: %s in these texts is the name of a server. */
  detail = g_strdup_printf (_ (texts[company].detail), self->host);
#pragma GCC diagnostic pop
  gtk_label_set_label (self->company, _ (texts[company].title));
  gtk_label_set_label (self->company_detail, detail);
}

static void
show_problem (AdwActionRow *row, DuoDeviceKind kind, DuoMediaProblem problem)
{
  if (problem != DUO_MEDIA_PROBLEM_NONE) {
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                   duo_problem_text_get_title (kind, problem));
    adw_action_row_set_subtitle (row, duo_problem_text_get_mend (kind, problem));
  }
  gtk_widget_set_visible (GTK_WIDGET (row), problem != DUO_MEDIA_PROBLEM_NONE);
}

/**
 * duo_lobby_view_set_problem:
 * @kind: what kind of device
 * @problem: why it does not work
 *
 * Tells in place what is wrong with a device and how to mend it; joining stays possible.
 */
void
duo_lobby_view_set_problem (DuoLobbyView *self, DuoDeviceKind kind, DuoMediaProblem problem)
{
  g_return_if_fail (DUO_IS_LOBBY_VIEW (self));

  switch (kind) {
  case DUO_DEVICE_MICROPHONE:
    show_problem (self->microphone_problem, kind, problem);
    break;
  case DUO_DEVICE_SPEAKER:
    show_problem (self->speaker_problem, kind, problem);
    break;
  case DUO_DEVICE_CAMERA:
  default:
    duo_lobby_preview_set_problem (self->preview,
                                   duo_problem_text_get_title (kind, problem),
                                   duo_problem_text_get_mend (kind, problem));
  }
}

/**
 * duo_lobby_view_set_echo_cancelling:
 * @echo_cancelling: whether echo is taken out of the microphone's sound
 */
void
duo_lobby_view_set_echo_cancelling (DuoLobbyView *self, gboolean echo_cancelling)
{
  g_return_if_fail (DUO_IS_LOBBY_VIEW (self));

  gtk_widget_set_visible (self->no_echo_cancelling, !echo_cancelling);
}

/**
 * duo_lobby_view_get_preview:
 *
 * Returns: (transfer none): the preview, which holds the switches
 */
DuoLobbyPreview *
duo_lobby_view_get_preview (DuoLobbyView *self)
{
  g_return_val_if_fail (DUO_IS_LOBBY_VIEW (self), NULL);

  return self->preview;
}

/**
 * duo_lobby_view_get_device_row:
 * @kind: what kind of device
 *
 * Returns: (transfer none): the row in which it is picked
 */
DuoDeviceRow *
duo_lobby_view_get_device_row (DuoLobbyView *self, DuoDeviceKind kind)
{
  g_return_val_if_fail (DUO_IS_LOBBY_VIEW (self), NULL);

  switch (kind) {
  case DUO_DEVICE_MICROPHONE:
    return self->microphone_row;
  case DUO_DEVICE_SPEAKER:
    return self->speaker_row;
  case DUO_DEVICE_CAMERA:
  default:
    return self->camera_row;
  }
}
