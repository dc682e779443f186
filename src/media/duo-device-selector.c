/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-device-selector.h"

/**
 * DuoDeviceSelector:
 *
 * Decides which device of a list is used: the wanted one if it is there, else another, and the
 * wanted one again when it comes back. With none wanted the first that was there counts as wanted.
 * Pure: opens nothing.
 */
struct _DuoDeviceSelector {
  GObject parent_instance;

  /* Owned */
  GListModel *devices;
  DuoDevice *current;
  char *wanted;      /* what the user chose */
  char *home;        /* what was used first where the user chose nothing */
  GPtrArray *failed; /* of DuoDevice that are there but give nothing */

  gboolean settled; /* one was in use before */
};

enum {
  PROP_0,
  PROP_CURRENT,
  N_PROPS,
};

enum {
  SIGNAL_SWITCHED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoDeviceSelector, duo_device_selector, G_TYPE_OBJECT)

static DuoDevice *
find_by_id (DuoDeviceSelector *self, const char *id, gboolean with_failed)
{
  guint n_devices = self->devices != NULL ? g_list_model_get_n_items (self->devices) : 0;

  for (guint i = 0; i < n_devices; i++) {
    g_autoptr (DuoDevice) device = g_list_model_get_item (self->devices, i);

    if (!with_failed && g_ptr_array_find (self->failed, device, NULL))
      continue;
    if (id == NULL || strcmp (duo_device_get_id (device), id) == 0)
      return g_steal_pointer (&device);
  }
  return NULL;
}

static DuoDevice *
choose (DuoDeviceSelector *self)
{
  const char *preferred = self->wanted != NULL ? self->wanted : self->home;

  /* One that gives nothing is still better than none: it may come round. */
  for (int with_failed = FALSE; with_failed <= TRUE; with_failed++) {
    DuoDevice *device = NULL;

    if (preferred != NULL)
      device = find_by_id (self, preferred, with_failed);
    if (device == NULL)
      device = find_by_id (self, NULL, with_failed);
    if (device != NULL)
      return device;
  }
  return NULL;
}

static void
update (DuoDeviceSelector *self, gboolean by_user)
{
  g_autoptr (DuoDevice) device = choose (self);
  g_autoptr (DuoDevice) previous = NULL;

  if (device != NULL && self->wanted == NULL && self->home == NULL)
    self->home = g_strdup (duo_device_get_id (device));
  if (device == self->current)
    return;

  gboolean announce = self->settled && !by_user;

  previous = g_steal_pointer (&self->current);
  self->current = device != NULL ? g_object_ref (device) : NULL;
  self->settled = self->settled || device != NULL;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURRENT]);
  if (announce)
    g_signal_emit (self, signals[SIGNAL_SWITCHED], 0, previous, device);
}

static void
on_items_changed (DuoDeviceSelector *self, guint position, guint removed, guint added)
{
  for (guint i = self->failed->len; i > 0; i--) {
    DuoDevice *device = g_ptr_array_index (self->failed, i - 1);
    gboolean there = FALSE;

    for (guint j = 0; !there && j < g_list_model_get_n_items (self->devices); j++) {
      g_autoptr (DuoDevice) other = g_list_model_get_item (self->devices, j);
      there = other == device;
    }
    if (!there)
      g_ptr_array_remove_index (self->failed, i - 1);
  }
  update (self, FALSE);
}

static void
duo_device_selector_get_property (GObject *object,
                                  guint property_id,
                                  GValue *value,
                                  GParamSpec *pspec)
{
  DuoDeviceSelector *self = DUO_DEVICE_SELECTOR (object);

  switch (property_id) {
  case PROP_CURRENT:
    g_value_set_object (value, self->current);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_device_selector_finalize (GObject *object)
{
  DuoDeviceSelector *self = DUO_DEVICE_SELECTOR (object);

  g_clear_object (&self->devices);
  g_clear_object (&self->current);
  g_free (self->wanted);
  g_free (self->home);
  g_ptr_array_unref (self->failed);

  G_OBJECT_CLASS (duo_device_selector_parent_class)->finalize (object);
}

static void
duo_device_selector_class_init (DuoDeviceSelectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_device_selector_get_property;
  object_class->finalize = duo_device_selector_finalize;

  /**
   * DuoDeviceSelector:current:
   *
   * The device to use, or %NULL where there is none.
   */
  properties[PROP_CURRENT] = g_param_spec_object ("current",
                                                  NULL,
                                                  NULL,
                                                  DUO_TYPE_DEVICE,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * DuoDeviceSelector::switched:
   * @from: (nullable): the device that was used
   * @to: (nullable): the one that is used now
   *
   * Another device had to be used than before, or a better one came back. Not emitted for the first
   * one, nor for what the user chose.
   */
  signals[SIGNAL_SWITCHED] = g_signal_new ("switched",
                                           DUO_TYPE_DEVICE_SELECTOR,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           2,
                                           DUO_TYPE_DEVICE,
                                           DUO_TYPE_DEVICE);
}

static void
duo_device_selector_init (DuoDeviceSelector *self)
{
  self->failed = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * duo_device_selector_new:
 * @devices: (nullable): a list of #DuoDevice, the system's default first
 *
 * Returns: (transfer full): a selector that wants no device in particular
 */
DuoDeviceSelector *
duo_device_selector_new (GListModel *devices)
{
  g_return_val_if_fail (devices == NULL || G_IS_LIST_MODEL (devices), NULL);

  DuoDeviceSelector *self = g_object_new (DUO_TYPE_DEVICE_SELECTOR, NULL);

  if (devices != NULL) {
    self->devices = g_object_ref (devices);
    g_signal_connect_object (devices,
                             "items-changed",
                             G_CALLBACK (on_items_changed),
                             self,
                             G_CONNECT_SWAPPED);
  }
  update (self, TRUE);
  return self;
}

/**
 * duo_device_selector_set_wanted:
 * @id: (nullable): id of the device to use whenever it is there, or %NULL for any
 *
 * Follows the user's choice.
 *
 * Returns: whether that is another choice than before
 */
gboolean
duo_device_selector_set_wanted (DuoDeviceSelector *self, const char *id)
{
  g_return_val_if_fail (DUO_IS_DEVICE_SELECTOR (self), FALSE);

  g_autofree char *previous = g_steal_pointer (&self->wanted);

  self->wanted = g_strdup (id);
  if (g_strcmp0 (previous, id) == 0)
    return FALSE;

  /* What the user asks for deserves another try. */
  g_ptr_array_set_size (self->failed, 0);
  g_clear_pointer (&self->home, g_free);
  update (self, TRUE);
  return TRUE;
}

/**
 * duo_device_selector_get_wanted:
 *
 * Returns: (nullable): id of the device that the user chose
 */
const char *
duo_device_selector_get_wanted (DuoDeviceSelector *self)
{
  g_return_val_if_fail (DUO_IS_DEVICE_SELECTOR (self), NULL);

  return self->wanted;
}

/**
 * duo_device_selector_get_current:
 *
 * Returns: (transfer none) (nullable): the device to use
 */
DuoDevice *
duo_device_selector_get_current (DuoDeviceSelector *self)
{
  g_return_val_if_fail (DUO_IS_DEVICE_SELECTOR (self), NULL);

  return self->current;
}

/**
 * duo_device_selector_mark_failed:
 * @device: a device that is there but does not work
 *
 * Uses others rather than this one, until it is plugged in anew or the user chooses again.
 */
void
duo_device_selector_mark_failed (DuoDeviceSelector *self, DuoDevice *device)
{
  g_return_if_fail (DUO_IS_DEVICE_SELECTOR (self));
  g_return_if_fail (DUO_IS_DEVICE (device));

  if (g_ptr_array_find (self->failed, device, NULL))
    return;
  g_ptr_array_add (self->failed, g_object_ref (device));
  update (self, FALSE);
}
