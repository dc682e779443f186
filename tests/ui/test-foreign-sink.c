/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gst/gst.h>
#include <gtk/gtk.h>

#include "duo-render.h"
#include "duo-video-paintable.h"

/* A paintable as GStreamer's own sink has: empty until a frame is there and after it is flushed. */
#define TEST_TYPE_PAINTABLE (test_paintable_get_type ())
G_DECLARE_FINAL_TYPE (TestPaintable, test_paintable, TEST, PAINTABLE, GObject)

struct _TestPaintable {
  GObject parent_instance;

  int size;
};

static void
test_paintable_snapshot (GdkPaintable *paintable,
                         GdkSnapshot *snapshot,
                         double width,
                         double height)
{
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA colour = { 0, 1, 0, 1 };

  gtk_snapshot_append_color (snapshot, &colour, &bounds);
}

static int
test_paintable_get_size (GdkPaintable *paintable)
{
  return TEST_PAINTABLE (paintable)->size;
}

static void
test_paintable_interface_init (GdkPaintableInterface *interface)
{
  interface->snapshot = test_paintable_snapshot;
  interface->get_intrinsic_width = test_paintable_get_size;
  interface->get_intrinsic_height = test_paintable_get_size;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestPaintable,
                               test_paintable,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      test_paintable_interface_init))

static void
test_paintable_class_init (TestPaintableClass *klass)
{
}

static void
test_paintable_init (TestPaintable *self)
{
}

static void
test_paintable_resize (TestPaintable *self, int size)
{
  self->size = size;
  gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  gdk_paintable_invalidate_contents (GDK_PAINTABLE (self));
}

/* The sink: only what is asked of it before it runs. */
#define TEST_TYPE_SINK (test_sink_get_type ())
G_DECLARE_FINAL_TYPE (TestSink, test_sink, TEST, SINK, GstElement)

struct _TestSink {
  GstElement parent_instance;

  /* Owned */
  TestPaintable *paintable;
};

enum {
  PROP_0,
  PROP_PAINTABLE,
  PROP_ENABLE_LAST_SAMPLE,
  PROP_MAX_LATENESS,
  PROP_SYNC
};

G_DEFINE_FINAL_TYPE (TestSink, test_sink, GST_TYPE_ELEMENT)

static void
test_sink_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PAINTABLE)
    g_value_set_object (value, TEST_SINK (object)->paintable);
}

static void
test_sink_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
}

static void
test_sink_finalize (GObject *object)
{
  g_clear_object (&TEST_SINK (object)->paintable);
  G_OBJECT_CLASS (test_sink_parent_class)->finalize (object);
}

static void
test_sink_class_init (TestSinkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_sink_get_property;
  object_class->set_property = test_sink_set_property;
  object_class->finalize = test_sink_finalize;
  g_object_class_install_property (object_class,
                                   PROP_PAINTABLE,
                                   g_param_spec_object ("paintable",
                                                        NULL,
                                                        NULL,
                                                        GDK_TYPE_PAINTABLE,
                                                        G_PARAM_READABLE));
  g_object_class_install_property (object_class,
                                   PROP_ENABLE_LAST_SAMPLE,
                                   g_param_spec_boolean ("enable-last-sample",
                                                         NULL,
                                                         NULL,
                                                         TRUE,
                                                         G_PARAM_WRITABLE));
  g_object_class_install_property (object_class,
                                   PROP_MAX_LATENESS,
                                   g_param_spec_int64 ("max-lateness",
                                                       NULL,
                                                       NULL,
                                                       -1,
                                                       G_MAXINT64,
                                                       0,
                                                       G_PARAM_WRITABLE));
  g_object_class_install_property (object_class,
                                   PROP_SYNC,
                                   g_param_spec_boolean ("sync",
                                                         NULL,
                                                         NULL,
                                                         TRUE,
                                                         G_PARAM_WRITABLE));
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Test", "Sink", "Test", "Test");
}

static void
test_sink_init (TestSink *self)
{
  self->paintable = g_object_new (TEST_TYPE_PAINTABLE, NULL);
}

static void
test_delegates (void)
{
  g_autoptr (DuoVideoPaintable) paintable = duo_video_paintable_new ();
  GdkPaintable *outer = GDK_PAINTABLE (paintable);
  GstElement *first = gst_object_ref_sink (duo_video_paintable_create_sink (paintable));
  GstElement *second;

  g_assert_true (TEST_IS_SINK (first));
  g_assert_false (duo_video_paintable_get_has_frame (paintable));
  test_paintable_resize (TEST_SINK (first)->paintable, 20);
  g_assert_true (duo_video_paintable_get_has_frame (paintable));
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (outer), ==, 20);
  g_assert_cmpuint (duo_video_paintable_get_frames (paintable), ==, 1);

  /* Its pipeline goes: it is emptied, what was to be seen stays. */
  test_paintable_resize (TEST_SINK (first)->paintable, 0);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (outer), ==, 20);

  second = gst_object_ref_sink (duo_video_paintable_create_sink (paintable));
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (outer), ==, 20);
  test_paintable_resize (TEST_SINK (first)->paintable, 30);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (outer), ==, 20);
  test_paintable_resize (TEST_SINK (second)->paintable, 40);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (outer), ==, 40);

  duo_video_paintable_clear (paintable);
  g_assert_false (duo_video_paintable_get_has_frame (paintable));
  g_assert_finalize_object (first);
  g_assert_finalize_object (g_steal_pointer (&paintable));
  g_assert_finalize_object (second);
}

static void
test_software (void)
{
  g_autoptr (DuoVideoPaintable) paintable = duo_video_paintable_new ();
  GstElement *sink;

  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  duo_render_prepare ();
  sink = gst_object_ref_sink (duo_video_paintable_create_sink (paintable));
  g_assert_false (TEST_IS_SINK (sink));
  g_assert_finalize_object (sink);
}

int
main (int argc, char *argv[])
{
  g_setenv ("GSK_RENDERER", "gl", TRUE);
  duo_render_prepare ();
  gtk_test_init (&argc, &argv, NULL);
  gst_init (&argc, &argv);
  gst_element_register (NULL, "gtk4paintablesink", GST_RANK_NONE, TEST_TYPE_SINK);

  g_test_add_func ("/foreign-sink/delegates", test_delegates);
  g_test_add_func ("/foreign-sink/software", test_software);

  return g_test_run ();
}
