/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-view.h"

#include "duo-call-bar.h"
#include "duo-call-header.h"
#include "duo-call-notices.h"
#include "duo-call-status.h"
#include "duo-fade-timer.h"
#include "duo-self-view.h"
#include "duo-video-view.h"

#include <glib/gi18n.h>

/**
 * DuoCallView:
 *
 * A call from joining to its end: the other's picture, one's own, what to do and what is going on.
 * It binds to a call and two pictures and knows nothing of what is behind them.
 */
struct _DuoCallView {
  AdwBin parent_instance;

  /* Template */
  DuoVideoView *remote;
  GtkWidget *camera_off;
  AdwAvatar *avatar;
  GtkLabel *camera_off_text;
  GtkWidget *middle;
  GtkWidget *status;
  GtkWidget *notices;
  DuoSelfView *own;
  GtkRevealer *top;
  DuoCallHeader *header;
  GtkRevealer *bottom;
  DuoCallBar *bar;
  GtkEventControllerFocus *focus;

  /* Owned */
  DuoCall *call;
  GSettings *settings;
  DuoFadeTimer *fade;

  /* Borrowed */
  GtkEventController *keys;

  double pointer_x;
  double pointer_y;
  gboolean by_keyboard;
  gboolean camera_works;
};

G_DEFINE_FINAL_TYPE (DuoCallView, duo_call_view, ADW_TYPE_BIN)

static gboolean
is_between_two (DuoCallView *self)
{
  DuoCallState state = duo_call_get_state (self->call);

  return state == DUO_CALL_STATE_CONNECTED || state == DUO_CALL_STATE_RECONNECTING;
}

/* Controls never go away while there is nothing else to look at, while something hangs from them,
 * or while somebody works them from the keyboard. */
static void
update_held (DuoCallView *self)
{
  gboolean watching = self->call != NULL &&
                      duo_call_get_state (self->call) == DUO_CALL_STATE_CONNECTED &&
                      duo_call_get_flag (self->call, "remote-camera");
  gboolean focused = self->by_keyboard && gtk_event_controller_focus_contains_focus (self->focus);

  duo_fade_timer_set_held (self->fade,
                           !watching || focused || duo_call_header_has_popover (self->header));
}

static void
update_remote (DuoCallView *self, const char *name)
{
  DuoCallState state = duo_call_get_state (self->call);
  gboolean named = name != NULL && *name != '\0';
  gboolean camera = duo_call_get_flag (self->call, "remote-camera");
  g_autofree char *picture = NULL;
  g_autofree char *off = NULL;

  if (named) {
    /* Translators: %s is somebody's name */
    picture = g_strdup_printf (_ ("Picture of %s"), name);
    /* Translators: %s is somebody's name */
    off = g_strdup_printf (_ ("%s’s camera is off"), name);
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remote),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  named ? picture : _ ("Picture of the other person"),
                                  -1);
  gtk_label_set_label (self->camera_off_text, named ? off : _ ("The other person’s camera is off"));
  adw_avatar_set_text (self->avatar, name);

  gtk_widget_set_visible (self->camera_off, is_between_two (self) && !camera);
  duo_video_view_set_frozen (self->remote, state == DUO_CALL_STATE_RECONNECTING);
}

static void
set_class (DuoCallView *self, const char *name, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static void
update (DuoCallView *self)
{
  g_autofree char *name = duo_call_dup_remote_name (self->call);

  set_class (self, "on-picture", is_between_two (self));
  gtk_widget_set_visible (GTK_WIDGET (self->remote), is_between_two (self));
  update_remote (self, name);
  duo_self_view_set_camera_on (self->own,
                               self->camera_works &&
                                 duo_call_get_flag (self->call, "camera-enabled"));
  update_held (self);
}

static void
shown_changed_cb (DuoCallView *self)
{
  gboolean shown = duo_fade_timer_get_shown (self->fade);

  gtk_revealer_set_reveal_child (self->top, shown);
  gtk_revealer_set_reveal_child (self->bottom, shown);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), shown ? NULL : "none");
}

/* GTK sends a motion for every change beneath the pointer, too. */
static void
motion_cb (DuoCallView *self, double x, double y)
{
  if (self->pointer_x == x && self->pointer_y == y)
    return;

  self->pointer_x = x;
  self->pointer_y = y;
  self->by_keyboard = FALSE;
  update_held (self);
  duo_fade_timer_poke (self->fade);
}

/* The notices alone leave the picture below them to the pointer. */
static void
status_visible_cb (DuoCallView *self)
{
  gboolean fill = gtk_widget_get_visible (self->status);

  gtk_widget_set_halign (self->middle, fill ? GTK_ALIGN_FILL : GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->middle, fill ? GTK_ALIGN_FILL : GTK_ALIGN_START);
}

static void
compare_cb (DuoCallView *self)
{
  duo_fade_timer_poke (self->fade);
  duo_call_header_show_safety (self->header);
}

static gboolean
key_pressed_cb (DuoCallView *self, guint keyval)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  self->by_keyboard = TRUE;
  update_held (self);
  duo_fade_timer_poke (self->fade);
  if (keyval != GDK_KEY_Escape || !GTK_IS_WINDOW (root) ||
      !gtk_window_is_fullscreen (GTK_WINDOW (root)) || duo_call_header_has_popover (self->header))
    return GDK_EVENT_PROPAGATE;

  gtk_window_unfullscreen (GTK_WINDOW (root));
  return GDK_EVENT_STOP;
}

static void
pressed_cb (DuoCallView *self, int n_press)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  duo_fade_timer_poke (self->fade);
  if (n_press != 2 || !GTK_IS_WINDOW (root))
    return;

  if (gtk_window_is_fullscreen (GTK_WINDOW (root)))
    gtk_window_unfullscreen (GTK_WINDOW (root));
  else
    gtk_window_fullscreen (GTK_WINDOW (root));
}

/* Keys go to where the focus is, which need not be in here. */
static void
duo_call_view_root (GtkWidget *widget)
{
  DuoCallView *self = DUO_CALL_VIEW (widget);

  GTK_WIDGET_CLASS (duo_call_view_parent_class)->root (widget);

  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys,
                           "key-pressed",
                           G_CALLBACK (key_pressed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
}

static void
duo_call_view_unroot (GtkWidget *widget)
{
  DuoCallView *self = DUO_CALL_VIEW (widget);

  gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (widget)), self->keys);
  self->keys = NULL;

  GTK_WIDGET_CLASS (duo_call_view_parent_class)->unroot (widget);
}

static void
duo_call_view_dispose (GObject *object)
{
  DuoCallView *self = DUO_CALL_VIEW (object);

  if (self->call != NULL)
    g_signal_handlers_disconnect_by_data (self->call, self);
  g_clear_object (&self->call);
  g_clear_object (&self->settings);
  gtk_widget_dispose_template (GTK_WIDGET (self), DUO_TYPE_CALL_VIEW);
  g_clear_object (&self->fade);

  G_OBJECT_CLASS (duo_call_view_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-call-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, remote);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, camera_off);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, avatar);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, camera_off_text);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, middle);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, status);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, notices);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, own);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, top);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, header);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, bottom);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, bar);
  gtk_widget_class_bind_template_child (widget_class, DuoCallView, focus);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, status_visible_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_held);
}

static void
duo_call_view_class_init (DuoCallViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_call_view_dispose;
  widget_class->root = duo_call_view_root;
  widget_class->unroot = duo_call_view_unroot;

  g_type_ensure (DUO_TYPE_VIDEO_VIEW);
  g_type_ensure (DUO_TYPE_SELF_VIEW);
  g_type_ensure (DUO_TYPE_CALL_STATUS);
  g_type_ensure (DUO_TYPE_CALL_HEADER);
  g_type_ensure (DUO_TYPE_CALL_NOTICES);
  g_type_ensure (DUO_TYPE_CALL_BAR);
  bind_template (widget_class);
}

static void
duo_call_view_init (DuoCallView *self)
{
  /* Before the template, whose signals look at it. */
  self->fade = duo_fade_timer_new (DUO_FADE_TIMER_DELAY);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->fade,
                           "notify::shown",
                           G_CALLBACK (shown_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  self->settings = g_settings_new (APP_ID);
  g_settings_bind (self->settings, "mirror", self->own, "mirrored", G_SETTINGS_BIND_GET);
  g_settings_bind (self->settings, "self-view", self->own, "shown", G_SETTINGS_BIND_DEFAULT);
}

static void
corner_changed_cb (DuoCallView *self)
{
  int corner;

  g_object_get (self->own, "corner", &corner, NULL);
  g_settings_set_enum (self->settings, "self-view-corner", corner);
}

/**
 * duo_call_view_new:
 * @call: the call
 * @remote: (nullable): the other's picture
 * @own: (nullable): one's own picture as the camera sees it; the view mirrors it
 *
 * Returns: (transfer floating): a view of the call
 */
GtkWidget *
duo_call_view_new (DuoCall *call, GdkPaintable *remote, GdkPaintable *own)
{
  DuoCallView *self;

  g_return_val_if_fail (DUO_IS_CALL (call), NULL);

  self = g_object_new (DUO_TYPE_CALL_VIEW, NULL);
  self->call = g_object_ref (call);
  self->camera_works = TRUE;
  duo_video_view_set_paintable (self->remote, remote);
  duo_self_view_set_paintable (self->own, own);
  g_object_set (self->own,
                "corner",
                g_settings_get_enum (self->settings, "self-view-corner"),
                NULL);
  g_signal_connect_object (self->own,
                           "notify::corner",
                           G_CALLBACK (corner_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);

  duo_call_status_set_call (DUO_CALL_STATUS (self->status), call);
  duo_call_header_set_call (self->header, call);
  duo_call_notices_set_call (DUO_CALL_NOTICES (self->notices), call);
  duo_call_bar_set_call (self->bar, call);
  g_signal_connect_object (call, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * duo_call_view_set_camera_works:
 * @self: the view
 * @camera_works: whether there is a picture of one's own where the camera is on
 */
void
duo_call_view_set_camera_works (DuoCallView *self, gboolean camera_works)
{
  g_return_if_fail (DUO_IS_CALL_VIEW (self));

  self->camera_works = camera_works;
  update (self);
}
