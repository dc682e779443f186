/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-cli-control.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib/gi18n.h>
#include <string.h>
#include <unistd.h>

#include "duo-cli.h"

/* Longer lines are no commands. */
#define MAX_LINE 256

/**
 * DuoCliControl:
 *
 * Does what lines on standard input say, until its end.
 */
struct _DuoCliControl {
  GObject parent_instance;

  /* Owned */
  DuoCall *call;
  GPollableInputStream *input;
  GSource *source; /* nullable: stopped */
  GString *text;   /* of a line that is not complete */
};

G_DEFINE_FINAL_TYPE (DuoCliControl, duo_cli_control, G_TYPE_OBJECT)

static const struct {
  const char *line;
  const char *device; /* property to set; NULL for a verb */
  gboolean on;
  void (*verb) (DuoCall *call);
} commands[] = {
  { "microphone on", "microphone-enabled", TRUE, NULL },
  { "microphone off", "microphone-enabled", FALSE, NULL },
  { "camera on", "camera-enabled", TRUE, NULL },
  { "camera off", "camera-enabled", FALSE, NULL },
  { "call", NULL, FALSE, duo_call_ring },
  { "hang-up", NULL, FALSE, duo_call_hang_up },
};

static void
obey (DuoCliControl *self, const char *line)
{
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (!g_str_equal (line, commands[i].line))
      continue;
    if (commands[i].device != NULL)
      g_object_set (self->call, commands[i].device, commands[i].on, NULL);
    else
      commands[i].verb (self->call);
    return;
  }

  if (*line != '\0')
    duo_cli_complain (_ ("Not a command: “%s”"), line);
}

static void
take (DuoCliControl *self, const char *bytes, gsize length)
{
  const char *end;

  g_string_append_len (self->text, bytes, (gssize) length);
  while ((end = memchr (self->text->str, '\n', self->text->len)) != NULL) {
    gsize size = (gsize) (end - self->text->str);
    g_autofree char *line = g_utf8_make_valid (self->text->str, (gssize) size);

    g_string_erase (self->text, 0, (gssize) size + 1);
    obey (self, g_strstrip (line));
  }
  if (self->text->len > MAX_LINE)
    g_string_truncate (self->text, MAX_LINE);
}

static gboolean
on_readable (GPollableInputStream *input, gpointer user_data)
{
  /* A command may end the call, and this with it. */
  g_autoptr (DuoCliControl) self = g_object_ref (DUO_CLI_CONTROL (user_data));
  g_autoptr (GError) error = NULL;
  char bytes[MAX_LINE];
  gssize length =
    g_pollable_input_stream_read_nonblocking (input, bytes, sizeof bytes, NULL, &error);

  if (length > 0)
    take (self, bytes, (gsize) length);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    duo_cli_control_stop (self);

  return self->source != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
duo_cli_control_dispose (GObject *object)
{
  DuoCliControl *self = DUO_CLI_CONTROL (object);

  duo_cli_control_stop (self);
  g_clear_object (&self->input);
  g_clear_object (&self->call);

  G_OBJECT_CLASS (duo_cli_control_parent_class)->dispose (object);
}

static void
duo_cli_control_finalize (GObject *object)
{
  g_string_free (DUO_CLI_CONTROL (object)->text, TRUE);

  G_OBJECT_CLASS (duo_cli_control_parent_class)->finalize (object);
}

static void
duo_cli_control_class_init (DuoCliControlClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = duo_cli_control_dispose;
  object_class->finalize = duo_cli_control_finalize;
}

static void
duo_cli_control_init (DuoCliControl *self)
{
  self->text = g_string_new (NULL);
  self->input = G_POLLABLE_INPUT_STREAM (g_unix_input_stream_new (STDIN_FILENO, FALSE));
}

/**
 * duo_cli_control_new:
 * @call: a call
 *
 * Begins to read standard input.
 *
 * Returns: (transfer full): a control
 */
DuoCliControl *
duo_cli_control_new (DuoCall *call)
{
  DuoCliControl *self = g_object_new (DUO_TYPE_CLI_CONTROL, NULL);

  self->call = g_object_ref (call);
  self->source = g_pollable_input_stream_create_source (self->input, NULL);
  g_source_set_callback (self->source, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->source, NULL);

  return self;
}

/**
 * duo_cli_control_stop:
 * @self: a control
 *
 * Reads no more.
 */
void
duo_cli_control_stop (DuoCliControl *self)
{
  g_return_if_fail (DUO_IS_CLI_CONTROL (self));

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
}
