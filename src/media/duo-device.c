/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-device.h"

#include "duo-media-enums.h"

/**
 * DuoDevice:
 *
 * A camera, microphone or speaker that is there at the moment. Plugged in again it is another
 * object with the same id. Immutable.
 */
struct _DuoDevice {
  GObject parent_instance;

  /* Owned */
  char *id;
  char *label;
  GstDevice *source;

  DuoDeviceKind kind;
};

enum {
  PROP_0,
  PROP_KIND,
  PROP_ID,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoDevice, duo_device, G_TYPE_OBJECT)

static void
duo_device_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DuoDevice *self = DUO_DEVICE (object);

  switch (property_id) {
  case PROP_KIND:
    g_value_set_enum (value, self->kind);
    break;
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_LABEL:
    g_value_set_string (value, self->label);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_device_finalize (GObject *object)
{
  DuoDevice *self = DUO_DEVICE (object);

  g_free (self->id);
  g_free (self->label);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (duo_device_parent_class)->finalize (object);
}

static void
duo_device_class_init (DuoDeviceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_device_get_property;
  object_class->finalize = duo_device_finalize;

  /**
   * DuoDevice:kind:
   *
   * What the device does.
   */
  properties[PROP_KIND] = g_param_spec_enum ("kind",
                                             NULL,
                                             NULL,
                                             DUO_TYPE_DEVICE_KIND,
                                             DUO_DEVICE_CAMERA,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * DuoDevice:id:
   *
   * A name that stays the same over unplugging and restarts, to remember the device by.
   */
  properties[PROP_ID] =
    g_param_spec_string ("id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  /**
   * DuoDevice:label:
   *
   * The name to show, as the system gives it.
   */
  properties[PROP_LABEL] =
    g_param_spec_string ("label", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_device_init (DuoDevice *self)
{
}

/**
 * duo_device_new:
 * @kind: what it does
 * @id: a stable name
 * @label: the name to show
 * @source: (nullable): what the elements are made from, or %NULL for the camera behind the portal
 *
 * Returns: (transfer full): a device
 */
DuoDevice *
duo_device_new (DuoDeviceKind kind, const char *id, const char *label, GstDevice *source)
{
  g_return_val_if_fail (id != NULL, NULL);
  g_return_val_if_fail (label != NULL, NULL);

  DuoDevice *self = g_object_new (DUO_TYPE_DEVICE, NULL);

  self->kind = kind;
  self->id = g_strdup (id);
  self->label = g_strdup (label);
  self->source = source != NULL ? g_object_ref (source) : NULL;
  return self;
}

/**
 * duo_device_get_kind:
 *
 * Returns: what the device does
 */
DuoDeviceKind
duo_device_get_kind (DuoDevice *self)
{
  g_return_val_if_fail (DUO_IS_DEVICE (self), DUO_DEVICE_CAMERA);

  return self->kind;
}

/**
 * duo_device_get_id:
 *
 * Returns: the stable name
 */
const char *
duo_device_get_id (DuoDevice *self)
{
  g_return_val_if_fail (DUO_IS_DEVICE (self), NULL);

  return self->id;
}

/**
 * duo_device_get_label:
 *
 * Returns: the name to show
 */
const char *
duo_device_get_label (DuoDevice *self)
{
  g_return_val_if_fail (DUO_IS_DEVICE (self), NULL);

  return self->label;
}

/**
 * duo_device_get_source:
 *
 * Returns: (transfer none) (nullable): what the elements are made from, or %NULL for the camera
 *   behind the portal
 */
GstDevice *
duo_device_get_source (DuoDevice *self)
{
  g_return_val_if_fail (DUO_IS_DEVICE (self), NULL);

  return self->source;
}
