/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-columns-layout.h"

#define SPACING 24
#define SIDE_WIDTH 360
#define WIDE_ENOUGH 720
#define STACKED_WIDTH 520

/**
 * DuoColumnsLayout:
 *
 * Two children, side by side where there is room and one above the other where there is not. Side
 * by side the second has a fixed width and the first takes the rest, vertically centred.
 */
struct _DuoColumnsLayout {
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (DuoColumnsLayout, duo_columns_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
duo_columns_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static int
stacked_width (int width)
{
  return MIN (width, STACKED_WIDTH);
}

static void
duo_columns_layout_measure (GtkLayoutManager *manager,
                            GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_last_child (widget);
  int first_min, first_nat, second_min, second_nat;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (first, orientation, -1, &first_min, &first_nat, NULL, NULL);
    gtk_widget_measure (second, orientation, -1, &second_min, &second_nat, NULL, NULL);
    *minimum = MAX (first_min, second_min);
    *natural = MAX (*minimum, first_nat + SPACING + SIDE_WIDTH);
    return;
  }

  if (for_size >= WIDE_ENOUGH) {
    gtk_widget_measure (first,
                        orientation,
                        for_size - SPACING - SIDE_WIDTH,
                        &first_min,
                        &first_nat,
                        NULL,
                        NULL);
    gtk_widget_measure (second, orientation, SIDE_WIDTH, &second_min, &second_nat, NULL, NULL);
    *minimum = MAX (first_min, second_min);
    *natural = MAX (first_nat, second_nat);
    return;
  }
  if (for_size >= 0)
    for_size = stacked_width (for_size);
  gtk_widget_measure (first, orientation, for_size, &first_min, &first_nat, NULL, NULL);
  gtk_widget_measure (second, orientation, for_size, &second_min, &second_nat, NULL, NULL);
  /* One above the other there is no need to shrink the first: the page scrolls anyway. */
  *minimum = first_nat + SPACING + second_min;
  *natural = first_nat + SPACING + second_nat;
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
duo_columns_layout_allocate (
  GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_last_child (widget);
  int first_width, first_height, first_nat, second_height;

  if (width >= WIDE_ENOUGH) {
    gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
    int second_nat;

    first_width = width - SPACING - SIDE_WIDTH;
    gtk_widget_measure (first,
                        GTK_ORIENTATION_VERTICAL,
                        first_width,
                        &first_height,
                        &first_nat,
                        NULL,
                        NULL);
    gtk_widget_measure (second,
                        GTK_ORIENTATION_VERTICAL,
                        SIDE_WIDTH,
                        &second_height,
                        &second_nat,
                        NULL,
                        NULL);
    first_height = CLAMP (height, first_height, MAX (first_nat, first_height));
    second_height = CLAMP (height, second_height, MAX (second_nat, second_height));
    allocate (first,
              rtl ? width - first_width : 0,
              MAX (0, (height - first_height) / 2),
              first_width,
              first_height);
    allocate (second,
              rtl ? 0 : width - SIDE_WIDTH,
              MAX (0, (height - second_height) / 2),
              SIDE_WIDTH,
              second_height);
    return;
  }

  first_width = stacked_width (width);
  gtk_widget_measure (first,
                      GTK_ORIENTATION_VERTICAL,
                      first_width,
                      &first_height,
                      &first_nat,
                      NULL,
                      NULL);
  gtk_widget_measure (second,
                      GTK_ORIENTATION_VERTICAL,
                      first_width,
                      &second_height,
                      NULL,
                      NULL,
                      NULL);
  first_height = MAX (first_height, first_nat);
  allocate (first, (width - first_width) / 2, 0, first_width, first_height);
  allocate (second,
            (width - first_width) / 2,
            first_height + SPACING,
            first_width,
            MAX (second_height, height - first_height - SPACING));
}

static void
duo_columns_layout_class_init (DuoColumnsLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = duo_columns_layout_get_request_mode;
  layout_class->measure = duo_columns_layout_measure;
  layout_class->allocate = duo_columns_layout_allocate;
}

static void
duo_columns_layout_init (DuoColumnsLayout *self)
{
}

/**
 * duo_columns_layout_new:
 *
 * Returns: (transfer full): a layout for a widget of exactly two children
 */
GtkLayoutManager *
duo_columns_layout_new (void)
{
  return g_object_new (DUO_TYPE_COLUMNS_LAYOUT, NULL);
}
