/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-status.h"

#include "duo-call-text.h"
#include "duo-join-link.h"
#include "duo-link-box.h"

#include <glib/gi18n.h>

/**
 * DuoCallStatus:
 *
 * What fills the middle of a call while there is no picture to look at: waiting with the link,
 * connecting, reconnecting, room full.
 */
struct _DuoCallStatus {
  AdwBin parent_instance;

  /* Template */
  AdwAvatar *avatar;
  GtkImage *icon;
  GtkSpinner *spinner;
  GtkLabel *title;
  GtkLabel *body;
  DuoLinkBox *link;
  GtkButton *ring;
  GtkWidget *preferences;
  GtkWidget *leave;

  /* Owned */
  DuoCall *call;
};

G_DEFINE_FINAL_TYPE (DuoCallStatus, duo_call_status, ADW_TYPE_BIN)

/* What to show; what is NULL or FALSE is hidden. */
typedef struct {
  const char *icon_name;
  gboolean avatar;
  gboolean busy;
  gboolean link;
  gboolean ring;
  gboolean preferences;
  gboolean leave;
} Look;

/* To the view around this, so that the focus is never nowhere: GTK up to 4.8 cannot open a popover
 * then, and loses a reference where something that has the focus is hidden twice in a row. */
static void
hand_over_focus (GtkWidget *widget)
{
  GtkWidget *parent = gtk_widget_get_parent (widget);

  while (parent != NULL && !gtk_widget_get_focusable (parent))
    parent = gtk_widget_get_parent (parent);
  if (parent != NULL)
    gtk_widget_grab_focus (parent);
}

static void
set_visible (DuoCallStatus *self, gpointer widget, gboolean visible)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (!visible && focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget)))
    hand_over_focus (GTK_WIDGET (self));
  gtk_widget_set_visible (widget, visible);
}

static void
show (DuoCallStatus *self, const Look *look, const char *title, const char *body)
{
  set_visible (self, self->icon, look->icon_name != NULL);
  gtk_image_set_from_icon_name (self->icon, look->icon_name);
  set_visible (self, self->avatar, look->avatar);
  set_visible (self, self->spinner, look->busy);
  gtk_spinner_set_spinning (self->spinner, look->busy);
  set_visible (self, self->link, look->link);
  set_visible (self, self->ring, look->ring);
  set_visible (self, self->preferences, look->preferences);
  set_visible (self, self->leave, look->leave);

  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (GTK_WIDGET (self->body), body != NULL);
  gtk_label_set_label (self->body, body != NULL ? body : "");
}

static void
show_full (DuoCallStatus *self)
{
  Look look = { .icon_name = "system-users-symbolic", .leave = TRUE };

  show (self,
        &look,
        _ ("Room Full"),
        _ ("Two people are in this call already. You will be let in if one of them leaves within "
           "the next minute."));
}

static void
show_not_started (DuoCallStatus *self)
{
  Look look = { .icon_name = "dialog-password-symbolic", .preferences = TRUE, .leave = TRUE };
  g_autofree char *body =
    /* Translators: %s is a host, such as calls.example.org */
    g_strdup_printf (_ ("%s lets only people with an access token start calls. You will be let in "
                        "as soon as somebody has started this one. If you have a token, enter it "
                        "in Preferences and join again."),
                     duo_join_link_get_host (duo_call_get_link (self->call)));

  show (self, &look, _ ("Not Started Yet"), body);
}

static void
show_joining (DuoCallStatus *self)
{
  Look look = { .busy = TRUE };
  g_autofree char *body = NULL;

  if (duo_call_get_state (self->call) == DUO_CALL_STATE_JOINING &&
      !duo_call_get_flag (self->call, "signaling-connected"))
    /* Translators: %s is a host, such as calls.example.org */
    body =
      g_strdup_printf (_ ("Reaching %s"), duo_join_link_get_host (duo_call_get_link (self->call)));
  show (self, &look, _ ("Joining…"), body);
}

static const char *
describe_waiting (gboolean reachable, gboolean open_room)
{
  if (!reachable)
    return _ ("The server cannot be reached at the moment. Trying again…");
  if (open_room)
    return _ ("Send this link to the person you want to talk to, or call whoever is in the room "
              "already: a plain web page does not tell when somebody has come.");

  return _ ("Send this link to the person you want to talk to.");
}

static void
show_waiting (DuoCallStatus *self)
{
  gboolean reachable = duo_call_get_flag (self->call, "signaling-connected");
  gboolean ringing = duo_call_get_flag (self->call, "ringing");
  gboolean open_room = duo_call_get_flag (self->call, "open-room");
  Look look = {
    /* What there is to say about an open room takes its place. */
    .icon_name = reachable && !open_room ? APP_ID "-symbolic" : NULL,
    .busy = !reachable,
    .link = TRUE,
    .ring = reachable && open_room,
  };

  /* Always sensitive, to keep the focus: pressing it while it rings does no harm. */
  gtk_button_set_label (self->ring, ringing ? _ ("Calling…") : _ ("_Call"));
  show (self, &look, _ ("Waiting for Somebody to Join"), describe_waiting (reachable, open_room));
}

static void
show_connecting (DuoCallStatus *self, const char *name)
{
  Look look = { .avatar = TRUE, .busy = TRUE };
  g_autofree char *title = NULL;

  /* Translators: %s is somebody's name */
  if (name != NULL && *name != '\0')
    title = g_strdup_printf (_ ("Connecting to %s…"), name);
  show (self, &look, title != NULL ? title : _ ("Connecting…"), NULL);
}

static void
show_reconnecting (DuoCallStatus *self, const char *name)
{
  Look look = { .busy = TRUE };
  DuoCallTrouble trouble = duo_call_get_trouble (self->call);
  g_autofree char *cause = duo_call_text_trouble (trouble, name, TRUE);
  g_autofree char *body = NULL;

  look.leave = duo_call_get_flag (self->call, "can-give-up");
  if (look.leave)
    /* Translators: %s is a sentence such as “Your connection was lost” */
    body = g_strdup_printf (_ ("%s. You can wait a little longer or leave."), cause);
  else
    /* Translators: %s is a sentence such as “Your connection was lost” */
    body = g_strdup_printf (_ ("%s."), cause);
  show (self, &look, _ ("Reconnecting…"), body);
}

static void
update (DuoCallStatus *self)
{
  g_autofree char *name = duo_call_dup_remote_name (self->call);
  Look nothing = { 0 };

  adw_avatar_set_text (self->avatar, name);
  if (duo_call_get_flag (self->call, "room-full") ||
      duo_call_get_flag (self->call, "not-started")) {
    if (duo_call_get_flag (self->call, "room-full"))
      show_full (self);
    else
      show_not_started (self);
    set_visible (self, self, TRUE);
    return;
  }

  switch (duo_call_get_state (self->call)) {
  case DUO_CALL_STATE_IDLE:
  case DUO_CALL_STATE_PREPARING:
  case DUO_CALL_STATE_JOINING:
    show_joining (self);
    break;
  case DUO_CALL_STATE_WAITING:
    show_waiting (self);
    break;
  case DUO_CALL_STATE_CONNECTING:
    show_connecting (self, name);
    break;
  case DUO_CALL_STATE_RECONNECTING:
    show_reconnecting (self, name);
    break;
  case DUO_CALL_STATE_CONNECTED:
  case DUO_CALL_STATE_ENDED:
  default:
    show (self, &nothing, "", NULL);
    break;
  }
  set_visible (self, self, *gtk_label_get_label (self->title) != '\0');
}

static void
ring_cb (DuoCallStatus *self)
{
  duo_call_ring (self->call);
}

static void
leave_cb (DuoCallStatus *self)
{
  duo_call_hang_up (self->call);
}

static void
duo_call_status_dispose (GObject *object)
{
  DuoCallStatus *self = DUO_CALL_STATUS (object);

  if (self->call != NULL)
    g_signal_handlers_disconnect_by_data (self->call, self);
  g_clear_object (&self->call);
  gtk_widget_dispose_template (GTK_WIDGET (self), DUO_TYPE_CALL_STATUS);

  G_OBJECT_CLASS (duo_call_status_parent_class)->dispose (object);
}

static void
duo_call_status_class_init (DuoCallStatusClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_call_status_dispose;

  g_type_ensure (DUO_TYPE_LINK_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-call-status.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, avatar);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, icon);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, spinner);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, title);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, body);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, link);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, ring);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, preferences);
  gtk_widget_class_bind_template_child (widget_class, DuoCallStatus, leave);
  gtk_widget_class_bind_template_callback (widget_class, ring_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
}

static void
duo_call_status_init (DuoCallStatus *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_call_status_set_call:
 * @self: the status, without a call so far
 * @call: the call to tell about
 */
void
duo_call_status_set_call (DuoCallStatus *self, DuoCall *call)
{
  g_return_if_fail (DUO_IS_CALL_STATUS (self));
  g_return_if_fail (DUO_IS_CALL (call));
  g_return_if_fail (self->call == NULL);

  self->call = g_object_ref (call);
  duo_link_box_set_link (self->link, duo_call_get_link (call));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->preferences),
                                    "s",
                                    duo_join_link_get_server (duo_call_get_link (call)));
  g_signal_connect_object (call, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
