/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-remote-state.h"

#include <string.h>

/* What a call shows of the other person. The properties have the names that DuoCall gives them. */
struct _DuoRemoteState {
  GObject parent_instance;

  char *name; /* Owned; NULL while nobody is there */
  gboolean browser;
  gboolean microphone;
  gboolean camera;
  gboolean ringing;
  DuoCallTrouble trouble;
  guint quality;
  DuoCallSafety safety;
  guint emoji[4];
  gboolean verified;
  gboolean verification_lost;
};

enum {
  PROP_0,
  PROP_REMOTE_NAME,
  PROP_REMOTE_BROWSER,
  PROP_REMOTE_MICROPHONE,
  PROP_REMOTE_CAMERA,
  PROP_RINGING,
  PROP_TROUBLE,
  PROP_QUALITY,
  PROP_SAFETY,
  PROP_VERIFIED,
  PROP_VERIFICATION_LOST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (DuoRemoteState, duo_remote_state, G_TYPE_OBJECT)

static void
notify (DuoRemoteState *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
set_flag (DuoRemoteState *self, gboolean *flag, gboolean value, guint property)
{
  if (*flag == !!value)
    return;

  *flag = !!value;
  notify (self, property);
}

/* What was compared is not what there is now. */
static void
lose_verification (DuoRemoteState *self)
{
  if (!self->verified)
    return;

  set_flag (self, &self->verified, FALSE, PROP_VERIFIED);
  set_flag (self, &self->verification_lost, TRUE, PROP_VERIFICATION_LOST);
}

static void
duo_remote_state_get_property (GObject *object, guint property_id, GValue *value, GParamSpec *pspec)
{
  DuoRemoteState *self = DUO_REMOTE_STATE (object);

  switch (property_id) {
  case PROP_REMOTE_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_REMOTE_BROWSER:
    g_value_set_boolean (value, self->browser);
    break;
  case PROP_REMOTE_MICROPHONE:
    g_value_set_boolean (value, self->microphone);
    break;
  case PROP_REMOTE_CAMERA:
    g_value_set_boolean (value, self->camera);
    break;
  case PROP_RINGING:
    g_value_set_boolean (value, self->ringing);
    break;
  case PROP_TROUBLE:
    g_value_set_enum (value, self->trouble);
    break;
  case PROP_QUALITY:
    g_value_set_uint (value, self->quality);
    break;
  case PROP_SAFETY:
    g_value_set_enum (value, self->safety);
    break;
  case PROP_VERIFIED:
    g_value_set_boolean (value, self->verified);
    break;
  case PROP_VERIFICATION_LOST:
    g_value_set_boolean (value, self->verification_lost);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_remote_state_set_property (GObject *object,
                               guint property_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  DuoRemoteState *self = DUO_REMOTE_STATE (object);

  switch (property_id) {
  case PROP_VERIFIED:
    duo_remote_state_set_verified (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
  }
}

static void
duo_remote_state_finalize (GObject *object)
{
  g_free (DUO_REMOTE_STATE (object)->name);

  G_OBJECT_CLASS (duo_remote_state_parent_class)->finalize (object);
}

static void
duo_remote_state_class_init (DuoRemoteStateClass *klass)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = duo_remote_state_get_property;
  object_class->set_property = duo_remote_state_set_property;
  object_class->finalize = duo_remote_state_finalize;

  properties[PROP_REMOTE_NAME] = g_param_spec_string ("remote-name", NULL, NULL, NULL, flags);
  properties[PROP_REMOTE_BROWSER] =
    g_param_spec_boolean ("remote-browser", NULL, NULL, FALSE, flags);
  properties[PROP_REMOTE_MICROPHONE] =
    g_param_spec_boolean ("remote-microphone", NULL, NULL, TRUE, flags);
  properties[PROP_REMOTE_CAMERA] = g_param_spec_boolean ("remote-camera", NULL, NULL, TRUE, flags);
  properties[PROP_RINGING] = g_param_spec_boolean ("ringing", NULL, NULL, FALSE, flags);
  properties[PROP_TROUBLE] =
    g_param_spec_enum ("trouble", NULL, NULL, DUO_TYPE_CALL_TROUBLE, DUO_CALL_TROUBLE_NONE, flags);
  properties[PROP_QUALITY] = g_param_spec_uint ("quality", NULL, NULL, 0, 3, 0, flags);
  properties[PROP_SAFETY] =
    g_param_spec_enum ("safety", NULL, NULL, DUO_TYPE_CALL_SAFETY, DUO_CALL_SAFETY_NONE, flags);
  properties[PROP_VERIFIED] =
    g_param_spec_boolean ("verified", NULL, NULL, FALSE, flags | G_PARAM_WRITABLE);
  properties[PROP_VERIFICATION_LOST] =
    g_param_spec_boolean ("verification-lost", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
duo_remote_state_init (DuoRemoteState *self)
{
  self->microphone = TRUE;
  self->camera = TRUE;
}

/**
 * duo_remote_state_new:
 *
 * Returns: (transfer full): nobody
 */
DuoRemoteState *
duo_remote_state_new (void)
{
  return g_object_new (DUO_TYPE_REMOTE_STATE, NULL);
}

/**
 * duo_remote_state_reset:
 * @self: a state
 *
 * Nobody is there any more, or somebody else whose name is not known yet.
 */
void
duo_remote_state_reset (DuoRemoteState *self)
{
  g_return_if_fail (DUO_IS_REMOTE_STATE (self));

  g_object_freeze_notify (G_OBJECT (self));
  duo_remote_state_set_name (self, NULL);
  duo_remote_state_set_browser (self, FALSE);
  duo_remote_state_set_devices (self, TRUE, TRUE);
  duo_remote_state_set_safety (self, DUO_CALL_SAFETY_NONE, NULL);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * duo_remote_state_set_name:
 * @self: a state
 * @name: (nullable): the other's name, "" for none, %NULL for nobody
 *
 * Sets the name.
 */
void
duo_remote_state_set_name (DuoRemoteState *self, const char *name)
{
  g_return_if_fail (DUO_IS_REMOTE_STATE (self));

  if (g_strcmp0 (self->name, name) == 0)
    return;

  g_free (self->name);
  self->name = g_strdup (name);
  notify (self, PROP_REMOTE_NAME);
}

/**
 * duo_remote_state_set_browser:
 * @self: a state
 * @browser: whether the other runs the guest page
 *
 * Sets what the other's end is.
 */
void
duo_remote_state_set_browser (DuoRemoteState *self, gboolean browser)
{
  g_return_if_fail (DUO_IS_REMOTE_STATE (self));

  set_flag (self, &self->browser, browser, PROP_REMOTE_BROWSER);
}

/**
 * duo_remote_state_set_devices:
 * @self: a state
 * @microphone: whether the other's is on
 * @camera: whether the other's is on
 *
 * Sets what the other says of its devices.
 */
void
duo_remote_state_set_devices (DuoRemoteState *self, gboolean microphone, gboolean camera)
{
  g_return_if_fail (DUO_IS_REMOTE_STATE (self));

  set_flag (self, &self->microphone, microphone, PROP_REMOTE_MICROPHONE);
  set_flag (self, &self->camera, camera, PROP_REMOTE_CAMERA);
}

/**
 * duo_remote_state_set_ringing:
 * @self: a state
 * @ringing: whether whoever is in the room is being called
 *
 * Sets whether we wait for an answer.
 */
void
duo_remote_state_set_ringing (DuoRemoteState *self, gboolean ringing)
{
  g_return_if_fail (DUO_IS_REMOTE_STATE (self));

  set_flag (self, &self->ringing, ringing, PROP_RINGING);
}

/**
 * duo_remote_state_set_connection:
 * @self: a state
 * @trouble: whose side
 * @quality: bars
 *
 * Sets how the way to the other is.
 */
void
duo_remote_state_set_connection (DuoRemoteState *self, DuoCallTrouble trouble, guint quality)
{
  g_return_if_fail (DUO_IS_REMOTE_STATE (self));

  if (self->trouble != trouble) {
    self->trouble = trouble;
    notify (self, PROP_TROUBLE);
  }
  if (self->quality != quality) {
    self->quality = quality;
    notify (self, PROP_QUALITY);
  }
}

/**
 * duo_remote_state_set_safety:
 * @self: a state
 * @safety: what there is to compare
 * @emoji: (nullable) (array fixed-size=4): the pictures, if @safety is %DUO_CALL_SAFETY_EMOJI
 *
 * Sets the safety. Other pictures than before are notified like another safety, since they have to
 * be compared again: what was verified is lost.
 */
void
duo_remote_state_set_safety (DuoRemoteState *self, DuoCallSafety safety, const guint emoji[4])
{
  gboolean changed;

  g_return_if_fail (DUO_IS_REMOTE_STATE (self));
  g_return_if_fail ((safety == DUO_CALL_SAFETY_EMOJI) == (emoji != NULL));

  changed = self->safety != safety;
  self->safety = safety;
  if (emoji != NULL && memcmp (self->emoji, emoji, sizeof self->emoji) != 0) {
    memcpy (self->emoji, emoji, sizeof self->emoji);
    changed = TRUE;
  }
  if (!changed)
    return;

  g_object_freeze_notify (G_OBJECT (self));
  lose_verification (self);
  notify (self, PROP_SAFETY);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * duo_remote_state_set_verified:
 * @self: a state
 * @verified: whether the two have compared the pictures and found them the same
 *
 * Sets what the person says. Without pictures there is nothing that could be verified.
 */
void
duo_remote_state_set_verified (DuoRemoteState *self, gboolean verified)
{
  g_return_if_fail (DUO_IS_REMOTE_STATE (self));

  if (verified && self->safety != DUO_CALL_SAFETY_EMOJI)
    return;

  set_flag (self, &self->verified, verified, PROP_VERIFIED);
  if (verified)
    set_flag (self, &self->verification_lost, FALSE, PROP_VERIFICATION_LOST);
}

/**
 * duo_remote_state_get_safety:
 * @self: a state
 *
 * Returns: the safety
 */
DuoCallSafety
duo_remote_state_get_safety (DuoRemoteState *self)
{
  g_return_val_if_fail (DUO_IS_REMOTE_STATE (self), DUO_CALL_SAFETY_NONE);

  return self->safety;
}

/**
 * duo_remote_state_get_emoji:
 * @self: a state
 * @indices: (out caller-allocates) (array fixed-size=4): numbers of the pictures
 *
 * Returns: whether there are any
 */
gboolean
duo_remote_state_get_emoji (DuoRemoteState *self, guint indices[4])
{
  g_return_val_if_fail (DUO_IS_REMOTE_STATE (self), FALSE);

  if (self->safety != DUO_CALL_SAFETY_EMOJI)
    return FALSE;

  memcpy (indices, self->emoji, sizeof self->emoji);

  return TRUE;
}
