/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-qr-paintable.h"

#include <qrencode.h>

/* What ISO/IEC 18004 asks for around the code, in modules. */
#define QUIET_ZONE 4
#define MODULE_SIZE 6

/**
 * DuoQrPaintable:
 *
 * A text as a QR code, black on white in every colour scheme, as scanners expect it.
 */
struct _DuoQrPaintable {
  GObject parent_instance;

  /* Owned */
  QRcode *code;
};

static int
n_modules (DuoQrPaintable *self)
{
  return self->code->width + 2 * QUIET_ZONE;
}

static void
duo_qr_paintable_snapshot (GdkPaintable *paintable,
                           GdkSnapshot *snapshot,
                           double width,
                           double height)
{
  static const GdkRGBA white = { 1, 1, 1, 1 };
  static const GdkRGBA black = { 0, 0, 0, 1 };
  DuoQrPaintable *self = DUO_QR_PAINTABLE (paintable);
  /* Whole pixels, or the modules would have soft edges. */
  int module = MAX (1, (int) (MIN (width, height) / n_modules (self)));
  double left = (int) (width - module * n_modules (self)) / 2 + module * QUIET_ZONE;
  double top = (int) (height - module * n_modules (self)) / 2 + module * QUIET_ZONE;

  gtk_snapshot_append_color (GTK_SNAPSHOT (snapshot),
                             &white,
                             &GRAPHENE_RECT_INIT (0, 0, width, height));
  for (int y = 0; y < self->code->width; y++) {
    const guint8 *row = self->code->data + y * self->code->width;

    for (int x = 0; x < self->code->width; x++) {
      int start = x;

      while (x < self->code->width && (row[x] & 1))
        x++;
      if (x > start)
        gtk_snapshot_append_color (GTK_SNAPSHOT (snapshot),
                                   &black,
                                   &GRAPHENE_RECT_INIT (left + start * module,
                                                        top + y * module,
                                                        (x - start) * module,
                                                        module));
    }
  }
}

static GdkPaintableFlags
duo_qr_paintable_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static int
duo_qr_paintable_get_intrinsic_size (GdkPaintable *paintable)
{
  return n_modules (DUO_QR_PAINTABLE (paintable)) * MODULE_SIZE;
}

static double
duo_qr_paintable_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  return 1;
}

static void
paintable_iface_init (GdkPaintableInterface *iface)
{
  iface->snapshot = duo_qr_paintable_snapshot;
  iface->get_flags = duo_qr_paintable_get_flags;
  iface->get_intrinsic_width = duo_qr_paintable_get_intrinsic_size;
  iface->get_intrinsic_height = duo_qr_paintable_get_intrinsic_size;
  iface->get_intrinsic_aspect_ratio = duo_qr_paintable_get_intrinsic_aspect_ratio;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (DuoQrPaintable,
                               duo_qr_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, paintable_iface_init))

static void
duo_qr_paintable_finalize (GObject *object)
{
  DuoQrPaintable *self = DUO_QR_PAINTABLE (object);

  g_clear_pointer (&self->code, QRcode_free);

  G_OBJECT_CLASS (duo_qr_paintable_parent_class)->finalize (object);
}

static void
duo_qr_paintable_class_init (DuoQrPaintableClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = duo_qr_paintable_finalize;
}

static void
duo_qr_paintable_init (DuoQrPaintable *self)
{
}

/**
 * duo_qr_paintable_new:
 * @text: what a scanner shall read, UTF-8
 *
 * Returns: (transfer full) (nullable): the code, or %NULL if @text is too long for one
 */
GdkPaintable *
duo_qr_paintable_new (const char *text)
{
  g_autoptr (DuoQrPaintable) self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_object_new (DUO_TYPE_QR_PAINTABLE, NULL);
  self->code = QRcode_encodeString8bit (text, 0, QR_ECLEVEL_M);
  if (self->code == NULL)
    return NULL;
  return GDK_PAINTABLE (g_steal_pointer (&self));
}
