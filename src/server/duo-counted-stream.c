/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "duo-counted-stream.h"

/**
 * DuoCountedStream:
 *
 * Sits between a socket and libsoup and counts. libsoup limits the size of a WebSocket frame but
 * not that of a message in many fragments, and does not tell how much it still has to send; what
 * went through the socket answers both questions.
 *
 * Everything happens in the thread that reads and writes; "read-limit-exceeded" is emitted from
 * within the read that went too far.
 */
struct _DuoCountedStream {
  GIOStream parent_instance;

  /* Owned */
  GIOStream *base;
  GInputStream *input;
  GOutputStream *output;

  guint64 read;
  guint64 read_limit;
  gboolean exceeded;
  guint64 written;
};

enum {
  READ_LIMIT_EXCEEDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (DuoCountedStream, duo_counted_stream, G_TYPE_IO_STREAM)

/* Returns whether reading may go on. A peer that has been told to stop gets as much again while the
 * closing handshake is on its way, and is then cut off. */
static gboolean
duo_counted_stream_note_read (DuoCountedStream *self, gssize count, GError **error)
{
  if (self == NULL || count <= 0)
    return TRUE;

  self->read += (guint64) count;
  if (self->read_limit == 0 || self->read <= self->read_limit)
    return TRUE;

  if (!self->exceeded) {
    self->exceeded = TRUE;
    g_signal_emit (self, signals[READ_LIMIT_EXCEEDED], 0);
  }

  if (self->read <= 2 * self->read_limit)
    return TRUE;

  g_set_error_literal (error,
                       G_IO_ERROR,
                       G_IO_ERROR_MESSAGE_TOO_LARGE,
                       "The peer sent too much without completing a message");

  return FALSE;
}

/* The input side. */

#define DUO_TYPE_COUNTED_INPUT (duo_counted_input_get_type ())
G_DECLARE_FINAL_TYPE (DuoCountedInput, duo_counted_input, DUO, COUNTED_INPUT, GFilterInputStream)

struct _DuoCountedInput {
  GFilterInputStream parent_instance;

  /* Borrowed */
  DuoCountedStream *owner;
};

static void duo_counted_input_pollable_init (GPollableInputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DuoCountedInput,
                               duo_counted_input,
                               G_TYPE_FILTER_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM,
                                                      duo_counted_input_pollable_init))

static gssize
duo_counted_input_read (
  GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable, GError **error)
{
  DuoCountedInput *self = DUO_COUNTED_INPUT (stream);
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  gssize n = g_input_stream_read (base, buffer, count, cancellable, error);

  return duo_counted_stream_note_read (self->owner, n, error) ? n : -1;
}

static gssize
duo_counted_input_read_nonblocking (GPollableInputStream *stream,
                                    void *buffer,
                                    gsize count,
                                    GError **error)
{
  DuoCountedInput *self = DUO_COUNTED_INPUT (stream);
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  gssize n = g_pollable_input_stream_read_nonblocking (G_POLLABLE_INPUT_STREAM (base),
                                                       buffer,
                                                       count,
                                                       NULL,
                                                       error);

  return duo_counted_stream_note_read (self->owner, n, error) ? n : -1;
}

static gboolean
duo_counted_input_is_readable (GPollableInputStream *stream)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));

  return g_pollable_input_stream_is_readable (G_POLLABLE_INPUT_STREAM (base));
}

static GSource *
duo_counted_input_create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  GInputStream *base = g_filter_input_stream_get_base_stream (G_FILTER_INPUT_STREAM (stream));
  g_autoptr (GSource) child = NULL;

  child = g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (base), NULL);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
duo_counted_input_pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = duo_counted_input_is_readable;
  iface->create_source = duo_counted_input_create_source;
  iface->read_nonblocking = duo_counted_input_read_nonblocking;
}

static void
duo_counted_input_class_init (DuoCountedInputClass *klass)
{
  G_INPUT_STREAM_CLASS (klass)->read_fn = duo_counted_input_read;
}

static void
duo_counted_input_init (DuoCountedInput *self)
{
}

/* The output side. */

#define DUO_TYPE_COUNTED_OUTPUT (duo_counted_output_get_type ())
G_DECLARE_FINAL_TYPE (
  DuoCountedOutput, duo_counted_output, DUO, COUNTED_OUTPUT, GFilterOutputStream)

struct _DuoCountedOutput {
  GFilterOutputStream parent_instance;

  /* Borrowed */
  DuoCountedStream *owner;
};

static void duo_counted_output_pollable_init (GPollableOutputStreamInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (DuoCountedOutput,
                               duo_counted_output,
                               G_TYPE_FILTER_OUTPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_OUTPUT_STREAM,
                                                      duo_counted_output_pollable_init))

static gssize
duo_counted_output_write (
  GOutputStream *stream, const void *data, gsize count, GCancellable *cancellable, GError **error)
{
  DuoCountedOutput *self = DUO_COUNTED_OUTPUT (stream);
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));
  gssize n = g_output_stream_write (base, data, count, cancellable, error);

  if (self->owner != NULL)
    self->owner->written += (guint64) MAX (n, 0);

  return n;
}

static gssize
duo_counted_output_write_nonblocking (GPollableOutputStream *stream,
                                      const void *data,
                                      gsize count,
                                      GError **error)
{
  DuoCountedOutput *self = DUO_COUNTED_OUTPUT (stream);
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));
  gssize n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (base),
                                                         data,
                                                         count,
                                                         NULL,
                                                         error);

  if (self->owner != NULL)
    self->owner->written += (guint64) MAX (n, 0);

  return n;
}

static gboolean
duo_counted_output_is_writable (GPollableOutputStream *stream)
{
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));

  return g_pollable_output_stream_is_writable (G_POLLABLE_OUTPUT_STREAM (base));
}

static GSource *
duo_counted_output_create_source (GPollableOutputStream *stream, GCancellable *cancellable)
{
  GOutputStream *base = g_filter_output_stream_get_base_stream (G_FILTER_OUTPUT_STREAM (stream));
  g_autoptr (GSource) child = NULL;

  child = g_pollable_output_stream_create_source (G_POLLABLE_OUTPUT_STREAM (base), NULL);

  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
duo_counted_output_pollable_init (GPollableOutputStreamInterface *iface)
{
  iface->is_writable = duo_counted_output_is_writable;
  iface->create_source = duo_counted_output_create_source;
  iface->write_nonblocking = duo_counted_output_write_nonblocking;
}

static void
duo_counted_output_class_init (DuoCountedOutputClass *klass)
{
  G_OUTPUT_STREAM_CLASS (klass)->write_fn = duo_counted_output_write;
}

static void
duo_counted_output_init (DuoCountedOutput *self)
{
}

/* The stream of both. */

static GInputStream *
duo_counted_stream_get_input_stream (GIOStream *stream)
{
  return DUO_COUNTED_STREAM (stream)->input;
}

static GOutputStream *
duo_counted_stream_get_output_stream (GIOStream *stream)
{
  return DUO_COUNTED_STREAM (stream)->output;
}

static gboolean
duo_counted_stream_close (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  return g_io_stream_close (DUO_COUNTED_STREAM (stream)->base, cancellable, error);
}

static void
base_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_io_stream_close_finish (G_IO_STREAM (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
duo_counted_stream_close_async (GIOStream *stream,
                                int io_priority,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  DuoCountedStream *self = DUO_COUNTED_STREAM (stream);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, duo_counted_stream_close_async);
  g_io_stream_close_async (self->base,
                           io_priority,
                           cancellable,
                           base_closed_cb,
                           g_steal_pointer (&task));
}

static gboolean
duo_counted_stream_close_finish (GIOStream *stream, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
duo_counted_stream_finalize (GObject *object)
{
  DuoCountedStream *self = DUO_COUNTED_STREAM (object);

  DUO_COUNTED_INPUT (self->input)->owner = NULL;
  DUO_COUNTED_OUTPUT (self->output)->owner = NULL;
  g_clear_object (&self->input);
  g_clear_object (&self->output);
  g_clear_object (&self->base);

  G_OBJECT_CLASS (duo_counted_stream_parent_class)->finalize (object);
}

static void
duo_counted_stream_class_init (DuoCountedStreamClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GIOStreamClass *stream_class = G_IO_STREAM_CLASS (klass);

  object_class->finalize = duo_counted_stream_finalize;

  stream_class->get_input_stream = duo_counted_stream_get_input_stream;
  stream_class->get_output_stream = duo_counted_stream_get_output_stream;
  stream_class->close_fn = duo_counted_stream_close;
  stream_class->close_async = duo_counted_stream_close_async;
  stream_class->close_finish = duo_counted_stream_close_finish;

  /**
   * DuoCountedStream::read-limit-exceeded:
   * @self: the stream
   *
   * More than the read limit has come in since the last reset. Emitted once, from within the read:
   * writing is allowed, reading and closing the stream are not.
   */
  signals[READ_LIMIT_EXCEEDED] = g_signal_new ("read-limit-exceeded",
                                               DUO_TYPE_COUNTED_STREAM,
                                               G_SIGNAL_RUN_LAST,
                                               0,
                                               NULL,
                                               NULL,
                                               NULL,
                                               G_TYPE_NONE,
                                               0);
}

static void
duo_counted_stream_init (DuoCountedStream *self)
{
}

/**
 * duo_counted_stream_new:
 * @base: a stream whose two sides can be polled, as those of a socket connection
 *
 * Wraps a stream. Closing the wrapper closes @base.
 *
 * Returns: (transfer full): the counting stream
 */
DuoCountedStream *
duo_counted_stream_new (GIOStream *base)
{
  DuoCountedStream *self;

  g_return_val_if_fail (G_IS_IO_STREAM (base), NULL);

  self = g_object_new (DUO_TYPE_COUNTED_STREAM, NULL);
  self->base = g_object_ref (base);
  self->input =
    g_object_new (DUO_TYPE_COUNTED_INPUT, "base-stream", g_io_stream_get_input_stream (base), NULL);
  self->output = g_object_new (DUO_TYPE_COUNTED_OUTPUT,
                               "base-stream",
                               g_io_stream_get_output_stream (base),
                               NULL);
  DUO_COUNTED_INPUT (self->input)->owner = self;
  DUO_COUNTED_OUTPUT (self->output)->owner = self;

  return self;
}

/**
 * duo_counted_stream_set_read_limit:
 * @self: the stream
 * @limit: bytes that may come in between two resets, or 0 for any number
 *
 * Starts to watch what comes in. Once more than @limit bytes have come the stream says so by its
 * signal; once more than twice @limit have come, reading fails.
 */
void
duo_counted_stream_set_read_limit (DuoCountedStream *self, guint64 limit)
{
  g_return_if_fail (DUO_IS_COUNTED_STREAM (self));

  self->read_limit = limit;
  self->read = 0;
}

/**
 * duo_counted_stream_reset_read:
 * @self: the stream
 *
 * A message is complete: the count of what came in starts again.
 */
void
duo_counted_stream_reset_read (DuoCountedStream *self)
{
  g_return_if_fail (DUO_IS_COUNTED_STREAM (self));

  if (!self->exceeded)
    self->read = 0;
}

/**
 * duo_counted_stream_get_written:
 * @self: the stream
 *
 * Returns: the bytes that the socket has taken so far
 */
guint64
duo_counted_stream_get_written (DuoCountedStream *self)
{
  g_return_val_if_fail (DUO_IS_COUNTED_STREAM (self), 0);

  return self->written;
}
