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
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  if (question->destroy != NULL)
    question->destroy (question->user_data);
  g_free (question);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  Question *question = user_data;

  if (g_str_equal (response, "leave"))
    question->left (question->user_data);
}

/**
 * duo_leave_dialog_present:
 * @parent: the window with the call
 * @body: what happens if the call is left
 * @leave: the label of the button that leaves, with a mnemonic
 * @left: called if that is chosen
 * @user_data: data for @left
 * @destroy: (nullable): frees @user_data when the dialog goes
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
  Question *question = g_new (Question, 1);

  *question = (Question){ left, user_data, destroy };
  adw_message_dialog_add_responses (dialog, "stay", _ ("_Stay"), "leave", leave, NULL);
  adw_message_dialog_set_response_appearance (dialog, "leave", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "stay");
  adw_message_dialog_set_close_response (dialog, "stay");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
