/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-header.h"

#include "duo-call-text.h"
#include "duo-quality-bars.h"
#include "duo-safety-popover.h"
#include "duo-safety-text.h"

#include <glib/gi18n.h>

/**
 * DuoCallHeader:
 *
 * The bar above a call: the other's name, how long it has lasted, the quality of the connection
 * and the shield.
 */
struct _DuoCallHeader {
  AdwBin parent_instance;

  /* Template */
  GtkLabel *name;
  GtkLabel *clock;
  GtkMenuButton *safety_button;
  DuoSafetyPopover *safety_popover;
  GtkMenuButton *quality_button;
  GtkPopover *quality_popover;
  DuoQualityBars *quality;
  GtkLabel *quality_text;

  /* Owned */
  DuoCall *call;

  guint tick;
};

enum {
  POPOVER_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallHeader, duo_call_header, ADW_TYPE_BIN)

static gboolean
is_between_two (DuoCallHeader *self)
{
  DuoCallState state = duo_call_get_state (self->call);

  return state == DUO_CALL_STATE_CONNECTED || state == DUO_CALL_STATE_RECONNECTING;
}

static void
update_clock (DuoCallHeader *self)
{
  gint64 started_at;
  g_autofree char *text = NULL;

  g_object_get (self->call, "started-at", &started_at, NULL);
  /* In an open room one may be alone again. */
  gtk_widget_set_visible (GTK_WIDGET (self->clock),
                          started_at > 0 &&
                            duo_call_get_state (self->call) != DUO_CALL_STATE_WAITING);
  text = duo_call_text_clock (duo_call_get_duration (self->call));
  gtk_label_set_label (self->clock, text);
}

static gboolean
tick_cb (gpointer user_data)
{
  update_clock (user_data);
  return G_SOURCE_CONTINUE;
}

static void
update_tick (DuoCallHeader *self)
{
  gboolean wanted = self->call != NULL && gtk_widget_get_mapped (GTK_WIDGET (self));

  if (wanted && self->tick == 0)
    self->tick = g_timeout_add (500, tick_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->tick, g_source_remove);
}

static void
update_quality (DuoCallHeader *self)
{
  g_autoptr (DuoPeerStats) stats = duo_call_dup_stats (self->call);
  g_autofree char *text = NULL;
  guint quality;

  g_object_get (self->call, "quality", &quality, NULL);
  text = duo_call_text_connection (quality, stats);
  duo_quality_bars_set_quality (self->quality, quality);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->quality_button), text);
  gtk_label_set_label (self->quality_text, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->quality_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  duo_call_text_quality (quality),
                                  -1);
}

static void
update_safety (DuoCallHeader *self, const char *name)
{
  DuoSafetyFacts facts = duo_safety_facts_of (self->call, name);
  g_autofree char *text = duo_safety_text_dup_shield (&facts);

  gtk_menu_button_set_icon_name (self->safety_button, duo_safety_text_get_icon (&facts));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->safety_button), text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->safety_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text,
                                  -1);
  if (facts.verified && !facts.browser)
    gtk_widget_add_css_class (GTK_WIDGET (self->safety_button), "verified");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->safety_button), "verified");
  /* In an open room there is something to know before anybody comes. */
  gtk_widget_set_visible (GTK_WIDGET (self->safety_button),
                          is_between_two (self) || facts.open_room);
}

static void
update (DuoCallHeader *self)
{
  g_autofree char *name = duo_call_dup_remote_name (self->call);

  if (name == NULL)
    gtk_label_set_label (self->name, _ ("Duologue"));
  else
    gtk_label_set_label (self->name, *name != '\0' ? name : _ ("Somebody"));
  gtk_widget_set_visible (GTK_WIDGET (self->quality_button), is_between_two (self));
  update_clock (self);
  update_quality (self);
  update_safety (self, name);
}

static void
popover_changed_cb (DuoCallHeader *self)
{
  g_signal_emit (self, signals[POPOVER_CHANGED], 0);
}

static void
duo_call_header_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (duo_call_header_parent_class)->map (widget);
  if (DUO_CALL_HEADER (widget)->call != NULL)
    update_clock (DUO_CALL_HEADER (widget));
  update_tick (DUO_CALL_HEADER (widget));
}

static void
duo_call_header_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (duo_call_header_parent_class)->unmap (widget);
  update_tick (DUO_CALL_HEADER (widget));
}

static void
duo_call_header_dispose (GObject *object)
{
  DuoCallHeader *self = DUO_CALL_HEADER (object);

  if (self->call != NULL)
    g_signal_handlers_disconnect_by_data (self->call, self);
  g_clear_object (&self->call);
  g_clear_handle_id (&self->tick, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), DUO_TYPE_CALL_HEADER);

  G_OBJECT_CLASS (duo_call_header_parent_class)->dispose (object);
}

static void
duo_call_header_class_init (DuoCallHeaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_call_header_dispose;
  widget_class->map = duo_call_header_map;
  widget_class->unmap = duo_call_header_unmap;

  signals[POPOVER_CHANGED] = g_signal_new ("popover-changed",
                                           DUO_TYPE_CALL_HEADER,
                                           G_SIGNAL_RUN_LAST,
                                           0,
                                           NULL,
                                           NULL,
                                           NULL,
                                           G_TYPE_NONE,
                                           0);

  g_type_ensure (DUO_TYPE_QUALITY_BARS);
  g_type_ensure (DUO_TYPE_SAFETY_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-call-header.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, name);
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, clock);
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, safety_button);
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, safety_popover);
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, quality_button);
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, quality_popover);
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, quality);
  gtk_widget_class_bind_template_child (widget_class, DuoCallHeader, quality_text);
  gtk_widget_class_bind_template_callback (widget_class, popover_changed_cb);
}

static void
duo_call_header_init (DuoCallHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_call_header_set_call:
 * @self: the header, without a call so far
 * @call: the call to show
 */
void
duo_call_header_set_call (DuoCallHeader *self, DuoCall *call)
{
  g_return_if_fail (DUO_IS_CALL_HEADER (self));
  g_return_if_fail (DUO_IS_CALL (call));
  g_return_if_fail (self->call == NULL);

  self->call = g_object_ref (call);
  g_signal_connect_object (call, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (call, "stats", G_CALLBACK (update_quality), self, G_CONNECT_SWAPPED);
  duo_safety_popover_set_call (self->safety_popover, call);
  update (self);
  update_tick (self);
}

/**
 * duo_call_header_show_safety:
 * @self: the header, where it can be seen
 *
 * Opens the pictures.
 */
void
duo_call_header_show_safety (DuoCallHeader *self)
{
  g_return_if_fail (DUO_IS_CALL_HEADER (self));

  gtk_menu_button_popup (self->safety_button);
}

/**
 * duo_call_header_has_popover:
 * @self: the header
 *
 * Returns: whether something hangs from it that is being read
 */
gboolean
duo_call_header_has_popover (DuoCallHeader *self)
{
  g_return_val_if_fail (DUO_IS_CALL_HEADER (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->safety_popover)) ||
         gtk_widget_get_visible (GTK_WIDGET (self->quality_popover));
}
