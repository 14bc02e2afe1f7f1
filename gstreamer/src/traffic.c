/* What goes over the socket to the process. */
#include "bytes.h"
#include "host_parts.h"

#include <errno.h>
#include <sys/socket.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* More that waits to be written means that the process does not read. */
#define MAX_OUT (1u << 20)

static gboolean
on_hello (PfHost *self, const PfMessage *message)
{
  if (message->type != PF_WIRE_PROCESS_HELLO || message->size < 2)
    return FALSE;
  guint version = pf_read16 (message->payload);
  if (version != PF_WIRE_VERSION) {
    char *text = g_strdup_printf ("photofinish speaks version %u of the plugin's protocol and this "
        "plugin version %d; take both from one release", version, PF_WIRE_VERSION);
    pf_host_fail_all (self, text);
    g_free (text);
    return FALSE;
  }
  self->hello = TRUE;
  self->silent_starts = 0;
  GST_INFO ("photofinish %.*s is ready", (int) MIN (message->size - 2, 40),
      (const char *) message->payload + 2);
  return TRUE;
}

static gboolean
on_message (PfHost *self, const PfMessage *message)
{
  if (!self->hello)
    return on_hello (self, message);
  g_mutex_lock (&self->lock);
  PfStream *stream = g_hash_table_lookup (self->streams, GUINT_TO_POINTER (message->element));
  if (stream != NULL)
    pf_stream_ref (stream);
  g_mutex_unlock (&self->lock);
  /* Of a stream that was just closed there may be some more. */
  if (stream == NULL)
    return TRUE;
  gboolean good = pf_stream_message (stream, message, self->reader.block);
  pf_stream_unref (stream);
  return good;
}

const char *
pf_host_read (PfHost *self)
{
  gsize space;
  guint8 *at = pf_reader_space (&self->reader, &space);
  ssize_t size = recv (self->child->socket, at, space, 0);
  if (size < 0)
    return errno == EAGAIN || errno == EINTR ? NULL : g_strerror (errno);
  if (size == 0)
    return "it ended";
  pf_reader_filled (&self->reader, (gsize) size);
  self->unheard = 0;
  self->next_question = g_get_monotonic_time () + PF_HOST_ASK_AFTER;
  PfMessage message;
  PfWireResult result;
  while ((result = pf_reader_next (&self->reader, &message)) == PF_WIRE_COMPLETE)
    if (!on_message (self, &message))
      return "a message is malformed";
  return result == PF_WIRE_BROKEN ? "a message is malformed" : NULL;
}

const char *
pf_host_write (PfHost *self)
{
  const char *reason = NULL;
  g_mutex_lock (&self->lock);
  if (self->out->len > 0) {
    ssize_t size = send (self->child->socket, self->out->data, self->out->len, MSG_NOSIGNAL);
    if (size > 0)
      g_byte_array_remove_range (self->out, 0, (guint) size);
    else if (size < 0 && errno != EAGAIN && errno != EINTR)
      reason = "it does not take messages any more";
  }
  if (self->out->len > MAX_OUT)
    reason = "it does not read";
  g_mutex_unlock (&self->lock);
  return reason;
}
