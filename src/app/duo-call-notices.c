/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-call-notices.h"

#include "duo-call-text.h"
#include "duo-join-link.h"
#include "duo-safety-text.h"
#include "duo-text.h"

#include <glib/gi18n.h>

#define ANNOUNCEMENT_MAX_CHARS 200

/**
 * DuoCallNotices:
 *
 * What has to be read over the picture, whether the controls are shown or not: that nobody has been
 * verified, what the server has to say, the other's microphone and the connection.
 */
struct _DuoCallNotices {
  AdwBin parent_instance;

  /* Template */
  GtkWidget *trust;
  GtkLabel *trust_text;
  GtkWidget *words;
  GtkLabel *words_text;
  GtkWidget *dismiss;
  GtkWidget *muted;
  GtkLabel *muted_text;
  GtkWidget *trouble;
  GtkLabel *trouble_text;

  /* Owned */
  DuoCall *call;
};

enum {
  COMPARE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCallNotices, duo_call_notices, ADW_TYPE_BIN)

static void
show_text (GtkWidget *notice, GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (notice, text != NULL);
}

static void
update_muted (DuoCallNotices *self, const char *name)
{
  g_autofree char *named = NULL;

  if (duo_call_get_state (self->call) != DUO_CALL_STATE_CONNECTED ||
      duo_call_get_flag (self->call, "remote-microphone")) {
    show_text (self->muted, self->muted_text, NULL);
    return;
  }
  if (name != NULL && *name != '\0')
    /* Translators: %s is somebody's name */
    named = g_strdup_printf (_ ("%s’s microphone is off"), name);
  show_text (self->muted,
             self->muted_text,
             named != NULL ? named : _ ("The other person’s microphone is off"));
}

static void
update (DuoCallNotices *self)
{
  g_autofree char *name = duo_call_dup_remote_name (self->call);
  DuoSafetyFacts facts = duo_safety_facts_of (self->call, name);
  g_autofree char *trouble = NULL;

  update_muted (self, name);
  if (duo_call_get_state (self->call) == DUO_CALL_STATE_CONNECTED)
    trouble = duo_call_text_trouble (duo_call_get_trouble (self->call), name, FALSE);
  show_text (self->trouble, self->trouble_text, trouble);
  show_text (self->trust, self->trust_text, duo_safety_text_get_notice (&facts));
}

/* Plain text and nothing else: no markup, no links. Newer words take the place of older ones. */
static void
announcement_cb (DuoCallNotices *self, const char *words)
{
  const char *host = duo_join_link_get_host (duo_call_get_link (self->call));
  g_autofree char *plain = duo_text_to_plain (words, ANNOUNCEMENT_MAX_CHARS);
  g_autofree char *text = NULL;

  if (*plain == '\0')
    return;
  /* Translators: the first is a host, such as calls.example.org, the second what its server says */
  text = g_strdup_printf (_ ("%s says: %s"), host, plain);
  show_text (self->words, self->words_text, text);
}

static void
dismiss_cb (DuoCallNotices *self)
{
  show_text (self->words, self->words_text, NULL);
}

static void
compare_cb (DuoCallNotices *self)
{
  g_signal_emit (self, signals[COMPARE], 0);
}

static void
duo_call_notices_dispose (GObject *object)
{
  DuoCallNotices *self = DUO_CALL_NOTICES (object);

  if (self->call != NULL)
    g_signal_handlers_disconnect_by_data (self->call, self);
  g_clear_object (&self->call);
  gtk_widget_dispose_template (GTK_WIDGET (self), DUO_TYPE_CALL_NOTICES);

  G_OBJECT_CLASS (duo_call_notices_parent_class)->dispose (object);
}

static void
duo_call_notices_class_init (DuoCallNoticesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = duo_call_notices_dispose;

  /**
   * DuoCallNotices::compare:
   *
   * The pictures are to be shown.
   */
  signals[COMPARE] = g_signal_new ("compare",
                                   DUO_TYPE_CALL_NOTICES,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/duologue/Duologue/duo-call-notices.ui");
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, trust);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, trust_text);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, words);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, words_text);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, dismiss);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, muted);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, muted_text);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, trouble);
  gtk_widget_class_bind_template_child (widget_class, DuoCallNotices, trouble_text);
  gtk_widget_class_bind_template_callback (widget_class, compare_cb);
  gtk_widget_class_bind_template_callback (widget_class, dismiss_cb);
}

static void
duo_call_notices_init (DuoCallNotices *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * duo_call_notices_set_call:
 * @self: the notices, without a call so far
 * @call: the call to tell about
 */
void
duo_call_notices_set_call (DuoCallNotices *self, DuoCall *call)
{
  g_return_if_fail (DUO_IS_CALL_NOTICES (self));
  g_return_if_fail (DUO_IS_CALL (call));
  g_return_if_fail (self->call == NULL);

  self->call = g_object_ref (call);
  g_signal_connect_object (call, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (call,
                           "announcement",
                           G_CALLBACK (announcement_cb),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}
