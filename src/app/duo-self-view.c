/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-self-view.h"

#include "duo-video-view.h"

#include <adwaita.h>
#include <math.h>

#define MARGIN 12
#define TOP_MARGIN 58
#define CONTROLS_HEIGHT 88
#define NARROW_WIDTH 700
#define SNAP_DURATION 220
#define DEFAULT_RATIO (16.0 / 9.0)

/**
 * DuoSelfView:
 *
 * The small mirrored picture of oneself. It lies over the whole window, lets everything through
 * but the picture, and can be dragged to any corner or hidden; both are remembered.
 */
struct _DuoSelfView {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *frame;
  DuoVideoView *video;
  GtkWidget *off;
  GtkWidget *hide_button;
  GtkWidget *show_button;

  /* Owned */
  GdkPaintable *paintable;
  AdwAnimation *animation;

  DuoCorner corner;
  gboolean shown;
  gboolean mirrored;

  /* How far the picture is from its corner, and how far it was when it was let go. */
  double offset_x;
  double offset_y;
  double start_x;
  double start_y;
};

enum {
  PROP_0,
  PROP_CORNER,
  PROP_SHOWN,
  PROP_MIRRORED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoSelfView, duo_self_view, GTK_TYPE_WIDGET)

static gboolean
is_left (DuoSelfView *self, DuoCorner corner)
{
  gboolean start = corner == DUO_CORNER_TOP_START || corner == DUO_CORNER_BOTTOM_START;

  return start == (gtk_widget_get_direction (GTK_WIDGET (self)) != GTK_TEXT_DIR_RTL);
}

static gboolean
is_top (DuoCorner corner)
{
  return corner == DUO_CORNER_TOP_START || corner == DUO_CORNER_TOP_END;
}

static void
find_size (DuoSelfView *self, int *width, int *height)
{
  double ratio = 0;

  if (self->paintable != NULL)
    ratio = gdk_paintable_get_intrinsic_aspect_ratio (self->paintable);
  if (ratio <= 0)
    ratio = DEFAULT_RATIO;

  *width = CLAMP (gtk_widget_get_width (GTK_WIDGET (self)) / 5, 112, 256);
  if (ratio < 1)
    *width = *width * 2 / 3;
  *height = lround (*width / ratio);
}

/* Clear of the header above and, where the window is too narrow to sit beside them, of the
 * controls below. */
static void
find_place (DuoSelfView *self, DuoCorner corner, int width, int height, int *x, int *y)
{
  int whole_width = gtk_widget_get_width (GTK_WIDGET (self));
  int whole_height = gtk_widget_get_height (GTK_WIDGET (self));
  int bottom = whole_width < NARROW_WIDTH ? CONTROLS_HEIGHT : MARGIN;

  *x = is_left (self, corner) ? MARGIN : whole_width - width - MARGIN;
  *y = is_top (corner) ? TOP_MARGIN : whole_height - height - bottom;
}

static void
allocate_child (DuoSelfView *self, GtkWidget *child, int width, int height)
{
  GtkAllocation place = { .width = width, .height = height };

  if (!gtk_widget_should_layout (child))
    return;

  find_place (self, self->corner, width, height, &place.x, &place.y);
  place.x += lround (self->offset_x);
  place.y += lround (self->offset_y);
  gtk_widget_size_allocate (child, &place, -1);
}

static void
duo_self_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DuoSelfView *self = DUO_SELF_VIEW (widget);
  GtkRequisition button;
  int frame_width;
  int frame_height;

  find_size (self, &frame_width, &frame_height);
  allocate_child (self, self->frame, frame_width, frame_height);

  gtk_widget_get_preferred_size (self->show_button, &button, NULL);
  allocate_child (self, self->show_button, button.width, button.height);
}

static void
duo_self_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  int child_minimum;

  /* Asked because GTK wants every child measured before it is allocated. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_measure (child, orientation, -1, &child_minimum, NULL, NULL, NULL);

  *minimum = *natural = 0;
}

/* Only what is drawn is there to be clicked. */
static gboolean
duo_self_view_contains (GtkWidget *widget, double x, double y)
{
  return FALSE;
}

static void
update_shown (DuoSelfView *self)
{
  gtk_widget_set_visible (self->frame, self->shown);
  gtk_widget_set_visible (self->show_button, !self->shown);
}

static void
set_shown (DuoSelfView *self, gboolean shown)
{
  if (self->shown == shown)
    return;

  self->shown = shown;
  update_shown (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
hide_cb (DuoSelfView *self)
{
  set_shown (self, FALSE);
  gtk_widget_grab_focus (self->show_button);
}

static void
show_cb (DuoSelfView *self)
{
  set_shown (self, TRUE);
  gtk_widget_grab_focus (self->hide_button);
}

static void
set_corner (DuoSelfView *self, DuoCorner corner)
{
  if (self->corner == corner)
    return;

  self->corner = corner;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CORNER]);
}

static DuoCorner
find_nearest_corner (DuoSelfView *self)
{
  int width = gtk_widget_get_width (self->frame);
  int height = gtk_widget_get_height (self->frame);
  double best_distance = G_MAXDOUBLE;
  DuoCorner best = self->corner;
  int x;
  int y;

  find_place (self, self->corner, width, height, &x, &y);
  for (DuoCorner corner = DUO_CORNER_TOP_START; corner <= DUO_CORNER_BOTTOM_END; corner++) {
    double distance;
    int corner_x;
    int corner_y;

    find_place (self, corner, width, height, &corner_x, &corner_y);
    distance = hypot (x + self->offset_x - corner_x, y + self->offset_y - corner_y);
    if (distance < best_distance) {
      best_distance = distance;
      best = corner;
    }
  }

  return best;
}

/* The new corner counts at once; only the way there takes a moment. */
static void
snap (DuoSelfView *self)
{
  int width = gtk_widget_get_width (self->frame);
  int height = gtk_widget_get_height (self->frame);
  DuoCorner corner = find_nearest_corner (self);
  int old_x;
  int old_y;
  int x;
  int y;

  find_place (self, self->corner, width, height, &old_x, &old_y);
  find_place (self, corner, width, height, &x, &y);
  self->start_x = self->offset_x + old_x - x;
  self->start_y = self->offset_y + old_y - y;
  set_corner (self, corner);
  adw_animation_play (self->animation);
}

static void
animate_cb (double value, gpointer user_data)
{
  DuoSelfView *self = user_data;

  self->offset_x = self->start_x * value;
  self->offset_y = self->start_y * value;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
drag_begin_cb (DuoSelfView *self)
{
  adw_animation_pause (self->animation);
  self->start_x = self->offset_x;
  self->start_y = self->offset_y;
}

static void
drag_update_cb (DuoSelfView *self, double x, double y, GtkGesture *gesture)
{
  if (!gtk_drag_check_threshold (GTK_WIDGET (self), 0, 0, x, y) && self->offset_x == 0 &&
      self->offset_y == 0)
    return;

  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  self->offset_x = self->start_x + x;
  self->offset_y = self->start_y + y;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
duo_self_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoSelfView *self = DUO_SELF_VIEW (object);

  switch (id) {
  case PROP_CORNER:
    g_value_set_int (value, self->corner);
    break;
  case PROP_SHOWN:
    g_value_set_boolean (value, self->shown);
    break;
  case PROP_MIRRORED:
    g_value_set_boolean (value, self->mirrored);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_self_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DuoSelfView *self = DUO_SELF_VIEW (object);

  switch (id) {
  case PROP_CORNER:
    set_corner (self, g_value_get_int (value));
    break;
  case PROP_SHOWN:
    set_shown (self, g_value_get_boolean (value));
    break;
  case PROP_MIRRORED:
    self->mirrored = g_value_get_boolean (value);
    duo_video_view_set_mirrored (self->video, self->mirrored);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_self_view_dispose (GObject *object)
{
  DuoSelfView *self = DUO_SELF_VIEW (object);

  duo_self_view_set_paintable (self, NULL);
  g_clear_object (&self->animation);
  gtk_widget_dispose_template (GTK_WIDGET (self), DUO_TYPE_SELF_VIEW);

  G_OBJECT_CLASS (duo_self_view_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_CORNER] = g_param_spec_int ("corner",
                                              NULL,
                                              NULL,
                                              DUO_CORNER_TOP_START,
                                              DUO_CORNER_BOTTOM_END,
                                              DUO_CORNER_BOTTOM_END,
                                              flags);
  properties[PROP_SHOWN] = g_param_spec_boolean ("shown", NULL, NULL, TRUE, flags);
  properties[PROP_MIRRORED] = g_param_spec_boolean ("mirrored", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_self_view_class_init (DuoSelfViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = duo_self_view_get_property;
  object_class->set_property = duo_self_view_set_property;
  object_class->dispose = duo_self_view_dispose;
  widget_class->measure = duo_self_view_measure;
  widget_class->size_allocate = duo_self_view_size_allocate;
  widget_class->contains = duo_self_view_contains;
  install_properties (object_class);

  g_type_ensure (DUO_TYPE_VIDEO_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-self-view.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoSelfView, frame);
  gtk_widget_class_bind_template_child (widget_class, DuoSelfView, video);
  gtk_widget_class_bind_template_child (widget_class, DuoSelfView, off);
  gtk_widget_class_bind_template_child (widget_class, DuoSelfView, hide_button);
  gtk_widget_class_bind_template_child (widget_class, DuoSelfView, show_button);
  gtk_widget_class_bind_template_callback (widget_class, hide_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
}

static void
duo_self_view_init (DuoSelfView *self)
{
  AdwAnimationTarget *target;
  GtkGesture *drag;

  self->corner = DUO_CORNER_BOTTOM_END;
  self->shown = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  update_shown (self);

  target = adw_callback_animation_target_new (animate_cb, self, NULL);
  self->animation = adw_timed_animation_new (GTK_WIDGET (self), 1, 0, SNAP_DURATION, target);

  /* On the whole, not on what moves: the distance is measured where nothing moves. */
  drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (snap), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * duo_self_view_set_paintable:
 * @self: the view
 * @paintable: (nullable): one's own picture, as the camera sees it
 */
void
duo_self_view_set_paintable (DuoSelfView *self, GdkPaintable *paintable)
{
  g_return_if_fail (DUO_IS_SELF_VIEW (self));

  if (self->paintable == paintable)
    return;

  if (self->paintable != NULL)
    g_signal_handlers_disconnect_by_data (self->paintable, self);
  g_set_object (&self->paintable, paintable);
  if (paintable != NULL)
    g_signal_connect_swapped (paintable,
                              "invalidate-size",
                              G_CALLBACK (gtk_widget_queue_allocate),
                              self);
  if (self->video != NULL)
    duo_video_view_set_paintable (self->video, paintable);
}

/**
 * duo_self_view_set_camera_on:
 * @self: the view
 * @camera_on: whether there is a picture to be expected
 */
void
duo_self_view_set_camera_on (DuoSelfView *self, gboolean camera_on)
{
  g_return_if_fail (DUO_IS_SELF_VIEW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->video), camera_on);
  gtk_widget_set_visible (self->off, !camera_on);
}
