/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-quality-bars.h"

#include "duo-call-text.h"

#define N_BARS 3
#define BAR_WIDTH 3
#define BAR_GAP 2
#define BAR_STEP 4

/**
 * DuoQualityBars:
 *
 * How good the connection is, as three bars. The state is a style class as well (`poor`, `fair`,
 * `good`), so that colour never says more than the number of bars does.
 */
struct _DuoQualityBars {
  GtkWidget parent_instance;

  guint quality;
};

G_DEFINE_FINAL_TYPE (DuoQualityBars, duo_quality_bars, GTK_TYPE_WIDGET)

static const char *const classes[] = { "none", "poor", "fair", "good" };

static void
duo_quality_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  DuoQualityBars *self = DUO_QUALITY_BARS (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  for (guint i = 0; i < N_BARS; i++) {
    int bar_height = BAR_STEP * (i + 1);
    graphene_rect_t bounds = GRAPHENE_RECT_INIT (i * (BAR_WIDTH + BAR_GAP),
                                                 (height + BAR_STEP * N_BARS) / 2 - bar_height,
                                                 BAR_WIDTH,
                                                 bar_height);
    GskRoundedRect bar;
    GdkRGBA shade = colour;

    if (i >= self->quality)
      shade.alpha *= 0.3;
    gsk_rounded_rect_init_from_rect (&bar, &bounds, 1);
    gtk_snapshot_push_rounded_clip (snapshot, &bar);
    gtk_snapshot_append_color (snapshot, &shade, &bounds);
    gtk_snapshot_pop (snapshot);
  }
}

static void
duo_quality_bars_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = N_BARS * BAR_WIDTH + (N_BARS - 1) * BAR_GAP;
  else
    *minimum = *natural = BAR_STEP * N_BARS;
}

static void
duo_quality_bars_class_init (DuoQualityBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = duo_quality_bars_snapshot;
  widget_class->measure = duo_quality_bars_measure;
  gtk_widget_class_set_css_name (widget_class, "qualitybars");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
duo_quality_bars_init (DuoQualityBars *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[0]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  duo_call_text_quality (0),
                                  -1);
}

/**
 * duo_quality_bars_set_quality:
 * @self: the bars
 * @quality: 0, nothing comes, to 3, all is well
 */
void
duo_quality_bars_set_quality (DuoQualityBars *self, guint quality)
{
  g_return_if_fail (DUO_IS_QUALITY_BARS (self));
  g_return_if_fail (quality <= N_BARS);

  if (self->quality == quality)
    return;

  gtk_widget_remove_css_class (GTK_WIDGET (self), classes[self->quality]);
  gtk_widget_add_css_class (GTK_WIDGET (self), classes[quality]);
  self->quality = quality;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  duo_call_text_quality (quality),
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
