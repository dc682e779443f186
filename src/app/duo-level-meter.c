/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-level-meter.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_BARS 9
#define BAR_WIDTH 4
#define BAR_GAP 3
#define BAR_HEIGHT 18

/**
 * DuoLevelMeter:
 *
 * A row of small bars that light up with the loudness of the microphone, in the widget's own
 * foreground colour. It draws nothing anew while the number of lit bars stays the same.
 */
struct _DuoLevelMeter {
  GtkWidget parent_instance;

  double level;
  int lit;
};

enum {
  PROP_0,
  PROP_LEVEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoLevelMeter, duo_level_meter, GTK_TYPE_WIDGET)

static void
duo_level_meter_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  int size = orientation == GTK_ORIENTATION_HORIZONTAL ? N_BARS * BAR_WIDTH + (N_BARS - 1) * BAR_GAP
                                                       : BAR_HEIGHT;

  *minimum = *natural = size;
}

static void
duo_level_meter_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DuoLevelMeter *self = DUO_LEVEL_METER (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int height = gtk_widget_get_height (widget);
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (int i = 0; i < N_BARS; i++) {
    int x = (rtl ? N_BARS - 1 - i : i) * (BAR_WIDTH + BAR_GAP);
    /* The bars grow towards the loud end, so that the meter reads without its colours. */
    int bar = MIN (height, BAR_HEIGHT) * (N_BARS + 2 * i) / (3 * N_BARS - 2);
    GdkRGBA fill = color;
    GskRoundedRect rect;

    if (i >= self->lit)
      fill.alpha *= 0.3;
    gsk_rounded_rect_init_from_rect (&rect,
                                     &GRAPHENE_RECT_INIT (x, (height - bar) / 2, BAR_WIDTH, bar),
                                     BAR_WIDTH / 2.0);
    gtk_snapshot_push_rounded_clip (snapshot, &rect);
    gtk_snapshot_append_color (snapshot, &fill, &rect.bounds);
    gtk_snapshot_pop (snapshot);
  }
}

static void
duo_level_meter_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LEVEL:
    g_value_set_double (value, duo_level_meter_get_level (DUO_LEVEL_METER (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_level_meter_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_LEVEL:
    duo_level_meter_set_level (DUO_LEVEL_METER (object), g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_level_meter_class_init (DuoLevelMeterClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = duo_level_meter_get_property;
  object_class->set_property = duo_level_meter_set_property;
  widget_class->measure = duo_level_meter_measure;
  widget_class->snapshot = duo_level_meter_snapshot;

  /**
   * DuoLevelMeter:level:
   *
   * The loudness, 0 for silence to 1 for as loud as it gets.
   */
  properties[PROP_LEVEL] =
    g_param_spec_double ("level",
                         NULL,
                         NULL,
                         0,
                         1,
                         0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "levelmeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
duo_level_meter_init (DuoLevelMeter *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Microphone level"),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN,
                                  0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX,
                                  1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                  0.0,
                                  -1);
}

/**
 * duo_level_meter_new:
 *
 * Returns: (transfer floating): a meter at silence
 */
GtkWidget *
duo_level_meter_new (void)
{
  return g_object_new (DUO_TYPE_LEVEL_METER, NULL);
}

/**
 * duo_level_meter_set_level:
 * @level: 0 to 1; anything beyond is taken as the nearest of the two
 */
void
duo_level_meter_set_level (DuoLevelMeter *self, double level)
{
  int lit;

  g_return_if_fail (DUO_IS_LEVEL_METER (self));

  level = CLAMP (level, 0, 1);
  if (self->level == level)
    return;
  self->level = level;
  lit = (int) round (level * N_BARS);
  if (lit != self->lit) {
    self->lit = lit;
    gtk_widget_queue_draw (GTK_WIDGET (self));
    gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                    GTK_ACCESSIBLE_PROPERTY_VALUE_NOW,
                                    level,
                                    -1);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEVEL]);
}

/**
 * duo_level_meter_get_level:
 *
 * Returns: the loudness that was set last
 */
double
duo_level_meter_get_level (DuoLevelMeter *self)
{
  g_return_val_if_fail (DUO_IS_LEVEL_METER (self), 0);

  return self->level;
}
