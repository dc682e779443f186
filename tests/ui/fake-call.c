/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-call.h"

#include "duo-join-link.h"

#include <gobject/gvaluecollector.h>

static const char *const names[] = {
  "state",
  "end-reason",
  "remote-name",
  "remote-browser",
  "remote-microphone",
  "remote-camera",
  "microphone-enabled",
  "camera-enabled",
  "safety",
  "signaling-connected",
  "trouble",
  "can-give-up",
  "room-full",
  "quality",
  "open-room",
  "started-at",
  "verified",
  "verification-lost",
  "ringing",
  "not-started",
};

struct _FakeCall {
  GObject parent_instance;

  /* Owned */
  DuoJoinLink *link;
  DuoPeerStats *stats;

  GValue values[G_N_ELEMENTS (names)];
  guint emoji[4];
  gint64 duration;
  guint joins;
  guint rings;
  guint hang_ups;
};

static void
fake_call_join (DuoCall *call)
{
  FAKE_CALL (call)->joins++;
}

static void
fake_call_ring (DuoCall *call)
{
  FAKE_CALL (call)->rings++;
}

static void
fake_call_hang_up (DuoCall *call)
{
  FAKE_CALL (call)->hang_ups++;
}

static DuoJoinLink *
fake_call_get_link (DuoCall *call)
{
  return FAKE_CALL (call)->link;
}

static gboolean
fake_call_get_safety_emoji (DuoCall *call, guint indices[4])
{
  for (int i = 0; i < 4; i++)
    indices[i] = FAKE_CALL (call)->emoji[i];

  return duo_call_get_safety (call) == DUO_CALL_SAFETY_EMOJI;
}

static DuoPeerStats *
fake_call_dup_stats (DuoCall *call)
{
  FakeCall *self = FAKE_CALL (call);

  return self->stats != NULL ? duo_peer_stats_copy (self->stats) : NULL;
}

static gint64
fake_call_get_duration (DuoCall *call)
{
  return FAKE_CALL (call)->duration;
}

static const GError *
fake_call_get_error (DuoCall *call)
{
  return NULL;
}

static void
fake_call_interface_init (DuoCallInterface *interface)
{
  interface->join = fake_call_join;
  interface->ring = fake_call_ring;
  interface->hang_up = fake_call_hang_up;
  interface->get_link = fake_call_get_link;
  interface->get_safety_emoji = fake_call_get_safety_emoji;
  interface->dup_stats = fake_call_dup_stats;
  interface->get_duration = fake_call_get_duration;
  interface->get_error = fake_call_get_error;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeCall,
                               fake_call,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (DUO_TYPE_CALL, fake_call_interface_init))

static void
fake_call_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_copy (&FAKE_CALL (object)->values[id - 1], value);
}

static void
store (FakeCall *self, guint id, const GValue *value, GParamSpec *pspec)
{
  if (g_param_values_cmp (pspec, value, &self->values[id - 1]) == 0)
    return;

  g_value_copy (value, &self->values[id - 1]);
  g_object_notify (G_OBJECT (self), names[id - 1]);
}

static void
fake_call_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  store (FAKE_CALL (object), id, value, pspec);
}

static void
fake_call_finalize (GObject *object)
{
  FakeCall *self = FAKE_CALL (object);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_value_unset (&self->values[i]);
  g_clear_pointer (&self->link, duo_join_link_unref);
  g_clear_pointer (&self->stats, duo_peer_stats_free);

  G_OBJECT_CLASS (fake_call_parent_class)->finalize (object);
}

static void
fake_call_class_init (FakeCallClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = fake_call_get_property;
  object_class->set_property = fake_call_set_property;
  object_class->finalize = fake_call_finalize;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_object_class_override_property (object_class, i + 1, names[i]);
}

static void
fake_call_init (FakeCall *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), names[i]);

    g_value_init (&self->values[i], pspec->value_type);
    g_param_value_set_default (pspec, &self->values[i]);
  }
}

FakeCall *
fake_call_new (const char *link)
{
  FakeCall *self = g_object_new (FAKE_TYPE_CALL, NULL);
  g_autoptr (GError) error = NULL;

  self->link = duo_join_link_parse (link, NULL, &error);
  g_assert_no_error (error);
  return self;
}

/* Sets a property that only the call itself may set; the value follows as in g_object_set(). */
void
fake_call_set (FakeCall *self, const char *property, ...)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (self), property);
  g_auto (GValue) value = G_VALUE_INIT;
  g_autofree char *error = NULL;
  va_list arguments;
  guint id = 1;

  g_assert_nonnull (pspec);
  while (!g_str_equal (names[id - 1], property))
    id++;

  va_start (arguments, property);
  G_VALUE_COLLECT_INIT (&value, pspec->value_type, arguments, 0, &error);
  va_end (arguments);
  g_assert_null (error);
  store (self, id, &value, pspec);
}

void
fake_call_set_emoji (FakeCall *self, guint first, guint second, guint third, guint fourth)
{
  self->emoji[0] = first;
  self->emoji[1] = second;
  self->emoji[2] = third;
  self->emoji[3] = fourth;
  fake_call_set (self, "safety", DUO_CALL_SAFETY_EMOJI);
}

void
fake_call_set_stats (FakeCall *self, const DuoPeerStats *stats)
{
  g_clear_pointer (&self->stats, duo_peer_stats_free);
  self->stats = duo_peer_stats_copy (stats);
  duo_call_emit_stats (DUO_CALL (self));
}

void
fake_call_set_duration (FakeCall *self, gint64 duration)
{
  self->duration = duration;
  /* The computer may have run for less than that. */
  fake_call_set (self, "started-at", MAX (g_get_monotonic_time () - duration, 1));
}

guint
fake_call_get_joins (FakeCall *self)
{
  return self->joins;
}

guint
fake_call_get_rings (FakeCall *self)
{
  return self->rings;
}

guint
fake_call_get_hang_ups (FakeCall *self)
{
  return self->hang_ups;
}
