/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-leave-dialog.h"

#include <glib/gi18n.h>

typedef struct {
  DuoLeaveFunc left;
  gpointer user_data;
  GDestroyNotify destroy;
} Question;

static void
question_clear (gpointer data)
{
  Question *question = data;

  if (question->destroy != NULL)
    question->destroy (question->user_data);
}

static void
question_release (gpointer data)
{
  g_rc_box_release_full (data, question_clear);
}

static void
on_closure_gone (gpointer data, GClosure *closure)
{
  question_release (data);
}

static gboolean
on_left (gpointer data)
{
  Question *question = data;

  question->left (question->user_data);
  return G_SOURCE_REMOVE;
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  /* Not before the dialog is gone: what follows may destroy the window that it looks at. */
  if (g_str_equal (response, "leave"))
    g_idle_add_full (G_PRIORITY_DEFAULT_IDLE,
                     on_left,
                     g_rc_box_acquire (user_data),
                     question_release);
}

/**
 * duo_leave_dialog_present:
 * @parent: the window with the call
 * @body: what happens if the call is left
 * @leave: the label of the button that leaves, with a mnemonic
 * @left: called if that is chosen
 * @user_data: data for @left
 * @destroy: (nullable): frees @user_data when it is not needed any more
 *
 * Asks whether to leave a call that is going on.
 */
void
duo_leave_dialog_present (GtkWindow *parent,
                          const char *body,
                          const char *leave,
                          DuoLeaveFunc left,
                          gpointer user_data,
                          GDestroyNotify destroy)
{
  AdwMessageDialog *dialog =
    ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, _ ("Leave This Call?"), body));
  Question *question = g_rc_box_new (Question);

  *question = (Question){ left, user_data, destroy };
  adw_message_dialog_add_responses (dialog, "stay", _ ("_Stay"), "leave", leave, NULL);
  adw_message_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "stay");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect_data (dialog,
                         "response",
                         G_CALLBACK (on_response),
                         question,
                         on_closure_gone,
                         0);
  gtk_window_present (GTK_WINDOW (dialog));
}
