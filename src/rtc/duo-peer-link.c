/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-peer-link.h"

struct _DuoPeerLink {
  /* Owned */
  GMainContext *context;
  GWeakRef target;
};

typedef struct {
  /* Owned */
  DuoPeerLink *link;
  gpointer data;
  GDestroyNotify destroy;

  DuoPeerLinkFunc func;
} Delivery;

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  if (delivery->destroy != NULL)
    delivery->destroy (delivery->data);
  duo_peer_link_unref (delivery->link);
  g_free (delivery);
}

static gboolean
deliver (gpointer data)
{
  Delivery *delivery = data;
  g_autoptr (GObject) target = g_weak_ref_get (&delivery->link->target);

  if (target != NULL)
    delivery->func (target, delivery->data);

  return G_SOURCE_REMOVE;
}

static void
link_clear (gpointer data)
{
  DuoPeerLink *self = data;

  g_weak_ref_clear (&self->target);
  g_main_context_unref (self->context);
}

static void
closure_notify (gpointer data, GClosure *closure)
{
  duo_peer_link_unref (data);
}

/**
 * duo_peer_link_new:
 * @target: an object that lives on the thread-default main context
 *
 * Returns: (transfer full): a link to it
 */
DuoPeerLink *
duo_peer_link_new (GObject *target)
{
  DuoPeerLink *self = g_atomic_rc_box_new0 (DuoPeerLink);

  self->context = g_main_context_ref_thread_default ();
  g_weak_ref_init (&self->target, target);

  return self;
}

DuoPeerLink *
duo_peer_link_ref (DuoPeerLink *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
duo_peer_link_unref (DuoPeerLink *self)
{
  g_atomic_rc_box_release_full (self, link_clear);
}

/**
 * duo_peer_link_attach:
 * @self: a link
 * @source: a source
 *
 * Attaches @source to the main context of the target.
 */
void
duo_peer_link_attach (DuoPeerLink *self, GSource *source)
{
  g_source_attach (source, self->context);
}

/**
 * duo_peer_link_post:
 * @self: a link
 * @func: what to run on the target's main context
 * @data: (transfer full): passed to it
 * @destroy: (nullable): frees @data, on whatever thread
 *
 * Runs @func later, in the order of posting, unless the target is gone by then. From any thread. It
 * never runs @func at once, as g_main_context_invoke() may: callers hold locks of webrtcbin.
 */
void
duo_peer_link_post (DuoPeerLink *self, DuoPeerLinkFunc func, gpointer data, GDestroyNotify destroy)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  Delivery *delivery = g_new0 (Delivery, 1);

  delivery->link = duo_peer_link_ref (self);
  delivery->func = func;
  delivery->data = data;
  delivery->destroy = destroy;

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[duologue] peer");
  g_source_set_callback (source, deliver, delivery, delivery_free);
  duo_peer_link_attach (self, source);
}

/**
 * duo_peer_link_get_target:
 * @self: a link
 *
 * For callbacks that already run on the target's main context.
 *
 * Returns: (transfer full) (nullable): the target
 */
gpointer
duo_peer_link_get_target (DuoPeerLink *self)
{
  return g_weak_ref_get (&self->target);
}

/**
 * duo_peer_link_cut:
 * @self: a link
 *
 * From now on nothing is delivered.
 */
void
duo_peer_link_cut (DuoPeerLink *self)
{
  g_weak_ref_set (&self->target, NULL);
}

/**
 * duo_peer_link_connect:
 * @self: a link
 * @instance: an object
 * @signal: one of its signals
 * @callback: gets @self as its last argument
 *
 * Connects to a signal that may come from any thread.
 *
 * Returns: the handler id
 */
gulong
duo_peer_link_connect (DuoPeerLink *self, gpointer instance, const char *signal, GCallback callback)
{
  return g_signal_connect_data (instance,
                                signal,
                                callback,
                                duo_peer_link_ref (self),
                                closure_notify,
                                0);
}
