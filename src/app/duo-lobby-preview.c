/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-lobby-preview.h"

#include "duo-level-meter.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define WIDEST (16.0 / 9.0)
#define NARROWEST (4.0 / 3.0)
#define MIN_WIDTH 240
#define NATURAL_WIDTH 640
#define MIN_HEIGHT 180

/**
 * DuoLobbyPreview:
 *
 * What the other person will see of you: the camera's picture, or your initials where there is
 * none, with the reason. The switches for microphone and camera float over it.
 */
struct _DuoLobbyPreview {
  GtkWidget parent_instance;

  /* Template */
  GtkWidget *overlay;
  GtkPicture *picture;
  GtkWidget *spinner;
  GtkWidget *cover;
  AdwAvatar *avatar;
  GtkLabel *cover_title;
  GtkLabel *cover_mend;
  GtkToggleButton *microphone;
  GtkToggleButton *camera;
  DuoLevelMeter *meter;

  /* Owned */
  char *name;
  char *problem;
  char *mend;

  gboolean camera_enabled;
  gboolean microphone_enabled;
  gboolean has_picture;
};

enum {
  PROP_0,
  PROP_NAME,
  PROP_CAMERA_ENABLED,
  PROP_MICROPHONE_ENABLED,
  PROP_HAS_PICTURE,
  PROP_LEVEL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoLobbyPreview, duo_lobby_preview, GTK_TYPE_WIDGET)

static void
update_cover (DuoLobbyPreview *self)
{
  gboolean starting = FALSE;

  if (!self->camera_enabled) {
    gtk_label_set_label (self->cover_title, _ ("Your camera is off"));
    gtk_label_set_label (self->cover_mend, "");
  } else if (self->problem != NULL) {
    gtk_label_set_label (self->cover_title, self->problem);
    gtk_label_set_label (self->cover_mend, self->mend);
  } else {
    starting = !self->has_picture;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->cover_mend),
                          *gtk_label_get_label (self->cover_mend) != '\0');
  gtk_widget_set_visible (self->cover, !self->camera_enabled || self->problem != NULL);
  gtk_widget_set_visible (self->spinner, starting);
  gtk_widget_set_visible (GTK_WIDGET (self->picture),
                          !starting && !gtk_widget_get_visible (self->cover));
}

static void
update_toggle (GtkToggleButton *button, gboolean active, const char *icon, const char *tooltip)
{
  gtk_toggle_button_set_active (button, active);
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_widget_set_tooltip_text (GTK_WIDGET (button), tooltip);
}

static void
update_toggles (DuoLobbyPreview *self)
{
  update_toggle (self->microphone,
                 self->microphone_enabled,
                 self->microphone_enabled ? "duo-microphone-symbolic"
                                          : "duo-microphone-off-symbolic",
                 self->microphone_enabled ? _ ("Turn Microphone Off (Ctrl+D)")
                                          : _ ("Turn Microphone On (Ctrl+D)"));
  update_toggle (self->camera,
                 self->camera_enabled,
                 self->camera_enabled ? "duo-camera-symbolic" : "duo-camera-off-symbolic",
                 self->camera_enabled ? _ ("Turn Camera Off (Ctrl+E)")
                                      : _ ("Turn Camera On (Ctrl+E)"));
}

static void
set_camera_enabled (DuoLobbyPreview *self, gboolean enabled)
{
  if (self->camera_enabled == enabled)
    return;
  self->camera_enabled = enabled;
  update_toggles (self);
  update_cover (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAMERA_ENABLED]);
}

static void
set_microphone_enabled (DuoLobbyPreview *self, gboolean enabled)
{
  if (self->microphone_enabled == enabled)
    return;
  self->microphone_enabled = enabled;
  update_toggles (self);
  gtk_widget_set_opacity (GTK_WIDGET (self->meter), enabled ? 1 : 0.4);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MICROPHONE_ENABLED]);
}

static void
set_has_picture (DuoLobbyPreview *self, gboolean has_picture)
{
  if (self->has_picture == has_picture)
    return;
  self->has_picture = has_picture;
  update_cover (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PICTURE]);
}

static void
set_name (DuoLobbyPreview *self, const char *name)
{
  if (g_strcmp0 (self->name, name) == 0)
    return;
  g_free (self->name);
  self->name = g_strdup (name);
  adw_avatar_set_text (self->avatar, name);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NAME]);
}

static void
on_camera_toggled (DuoLobbyPreview *self)
{
  set_camera_enabled (self, gtk_toggle_button_get_active (self->camera));
}

static void
on_microphone_toggled (DuoLobbyPreview *self)
{
  set_microphone_enabled (self, gtk_toggle_button_get_active (self->microphone));
}

/* The shape of the picture, within what cameras have; that of most while there is none. */
static double
get_ratio (DuoLobbyPreview *self)
{
  GdkPaintable *paintable = gtk_picture_get_paintable (self->picture);
  double ratio = paintable != NULL ? gdk_paintable_get_intrinsic_aspect_ratio (paintable) : 0;

  return ratio > 0 ? CLAMP (ratio, NARROWEST, WIDEST) : WIDEST;
}

static GtkSizeRequestMode
duo_lobby_preview_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
duo_lobby_preview_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  DuoLobbyPreview *self = DUO_LOBBY_PREVIEW (widget);
  int width = for_size >= 0 ? for_size : NATURAL_WIDTH;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    gtk_widget_measure (self->overlay, orientation, -1, minimum, natural, NULL, NULL);
    *minimum = MAX (MIN_WIDTH, *minimum);
    *natural = MAX (NATURAL_WIDTH, *minimum);
    return;
  }
  gtk_widget_measure (self->overlay, orientation, width, minimum, natural, NULL, NULL);
  *minimum = MAX (MIN_HEIGHT, *minimum);
  *natural = MAX (*minimum, (int) (width / get_ratio (self)));
}

static void
duo_lobby_preview_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  DuoLobbyPreview *self = DUO_LOBBY_PREVIEW (widget);
  int fitting = width;
  int minimum;

  gtk_widget_measure (self->overlay, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  /* Where there is not enough height the picture gets narrower, not barred. */
  if (gtk_widget_get_visible (GTK_WIDGET (self->picture)))
    fitting = CLAMP ((int) (height * get_ratio (self)), minimum, width);
  gtk_widget_size_allocate (self->overlay,
                            &(GtkAllocation){ (width - fitting) / 2, 0, fitting, height },
                            baseline);
}

static void
duo_lobby_preview_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  DuoLobbyPreview *self = DUO_LOBBY_PREVIEW (object);

  switch (id) {
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_CAMERA_ENABLED:
    g_value_set_boolean (value, self->camera_enabled);
    break;
  case PROP_MICROPHONE_ENABLED:
    g_value_set_boolean (value, self->microphone_enabled);
    break;
  case PROP_HAS_PICTURE:
    g_value_set_boolean (value, self->has_picture);
    break;
  case PROP_LEVEL:
    g_value_set_double (value, duo_level_meter_get_level (self->meter));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_lobby_preview_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  DuoLobbyPreview *self = DUO_LOBBY_PREVIEW (object);

  switch (id) {
  case PROP_NAME:
    set_name (self, g_value_get_string (value));
    break;
  case PROP_CAMERA_ENABLED:
    set_camera_enabled (self, g_value_get_boolean (value));
    break;
  case PROP_MICROPHONE_ENABLED:
    set_microphone_enabled (self, g_value_get_boolean (value));
    break;
  case PROP_HAS_PICTURE:
    set_has_picture (self, g_value_get_boolean (value));
    break;
  case PROP_LEVEL:
    duo_level_meter_set_level (self->meter, g_value_get_double (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
duo_lobby_preview_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), DUO_TYPE_LOBBY_PREVIEW);

  G_OBJECT_CLASS (duo_lobby_preview_parent_class)->dispose (object);
}

static void
duo_lobby_preview_finalize (GObject *object)
{
  DuoLobbyPreview *self = DUO_LOBBY_PREVIEW (object);

  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->problem, g_free);
  g_clear_pointer (&self->mend, g_free);

  G_OBJECT_CLASS (duo_lobby_preview_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  /**
   * DuoLobbyPreview:name:
   *
   * Whose initials stand in for a picture.
   */
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  /**
   * DuoLobbyPreview:camera-enabled:
   *
   * The camera's switch.
   */
  properties[PROP_CAMERA_ENABLED] =
    g_param_spec_boolean ("camera-enabled", NULL, NULL, TRUE, flags);
  /**
   * DuoLobbyPreview:microphone-enabled:
   *
   * The microphone's switch.
   */
  properties[PROP_MICROPHONE_ENABLED] =
    g_param_spec_boolean ("microphone-enabled", NULL, NULL, TRUE, flags);
  /**
   * DuoLobbyPreview:has-picture:
   *
   * Whether the paintable has something to show.
   */
  properties[PROP_HAS_PICTURE] = g_param_spec_boolean ("has-picture", NULL, NULL, FALSE, flags);
  /**
   * DuoLobbyPreview:level:
   *
   * How loud the microphone is, 0 to 1.
   */
  properties[PROP_LEVEL] =
    g_param_spec_double ("level", NULL, NULL, 0, 1, 0, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_lobby_preview_class_init (DuoLobbyPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = duo_lobby_preview_get_property;
  object_class->set_property = duo_lobby_preview_set_property;
  object_class->dispose = duo_lobby_preview_dispose;
  object_class->finalize = duo_lobby_preview_finalize;
  widget_class->get_request_mode = duo_lobby_preview_get_request_mode;
  widget_class->measure = duo_lobby_preview_measure;
  widget_class->size_allocate = duo_lobby_preview_size_allocate;
  install_properties (object_class);

  g_type_ensure (DUO_TYPE_LEVEL_METER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-lobby-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, overlay);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, picture);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, spinner);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, cover);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, avatar);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, cover_title);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, cover_mend);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, microphone);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, camera);
  gtk_widget_class_bind_template_child (widget_class, DuoLobbyPreview, meter);
  gtk_widget_class_bind_template_callback (widget_class, on_camera_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_microphone_toggled);
}

static void
duo_lobby_preview_init (DuoLobbyPreview *self)
{
  self->camera_enabled = TRUE;
  self->microphone_enabled = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  update_toggles (self);
  update_cover (self);
}

/**
 * duo_lobby_preview_new:
 *
 * Returns: (transfer floating): a preview without a picture yet
 */
GtkWidget *
duo_lobby_preview_new (void)
{
  return g_object_new (DUO_TYPE_LOBBY_PREVIEW, NULL);
}

/**
 * duo_lobby_preview_set_paintable:
 * @paintable: (nullable): the picture, already mirrored where it shall be
 */
void
duo_lobby_preview_set_paintable (DuoLobbyPreview *self, GdkPaintable *paintable)
{
  g_return_if_fail (DUO_IS_LOBBY_PREVIEW (self));

  gtk_picture_set_paintable (self->picture, paintable);
  if (paintable != NULL)
    g_signal_connect_object (paintable,
                             "invalidate-size",
                             G_CALLBACK (gtk_widget_queue_resize),
                             self,
                             G_CONNECT_SWAPPED);
}

/**
 * duo_lobby_preview_set_problem:
 * @title: (nullable): why there is no picture, %NULL if nothing is wrong
 * @mend: (nullable): what can be done about it
 */
void
duo_lobby_preview_set_problem (DuoLobbyPreview *self, const char *title, const char *mend)
{
  g_return_if_fail (DUO_IS_LOBBY_PREVIEW (self));

  g_free (self->problem);
  g_free (self->mend);
  self->problem = g_strdup (title);
  self->mend = g_strdup (mend != NULL ? mend : "");
  update_cover (self);
}
