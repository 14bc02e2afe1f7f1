#define _GNU_SOURCE /* pipe2 */
#include "host_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

static PfHost *host;
static GMutex host_lock;

static void
before_fork (void)
{
  g_mutex_lock (&host_lock);
  if (host != NULL)
    g_mutex_lock (&host->lock);
}

static void
after_fork_in_host (void)
{
  if (host != NULL)
    g_mutex_unlock (&host->lock);
  g_mutex_unlock (&host_lock);
}

/* The fork has no thread of ours: an element that it starts gets a process of its own. */
static void
after_fork_in_fork (void)
{
  pf_child_forget_in_fork ();
  after_fork_in_host ();
  host = NULL;
}

static void
make_wake (PfHost *self)
{
  if (pipe2 (self->wake, O_CLOEXEC | O_NONBLOCK) < 0)
    g_error ("no pipe: %s", g_strerror (errno));
}

static PfHost *
get_host (void)
{
  static gsize once = 0;
  if (g_once_init_enter (&once)) {
    pthread_atfork (before_fork, after_fork_in_host, after_fork_in_fork);
    g_once_init_leave (&once, 1);
  }
  g_mutex_lock (&host_lock);
  if (host == NULL) {
    PfHost *made = g_new0 (PfHost, 1);
    g_mutex_init (&made->lock);
    made->streams = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) pf_stream_unref);
    g_queue_init (&made->leaving);
    make_wake (made);
    host = made;
  }
  PfHost *found = host;
  g_mutex_unlock (&host_lock);
  return found;
}

static void
wake (PfHost *self)
{
  g_mutex_lock (&self->lock);
  while (write (self->wake[1], "", 1) < 0 && errno == EINTR)
    continue;
  g_mutex_unlock (&self->lock);
}

void
pf_host_woken (PfHost *self)
{
  char woken[64];
  if (read (self->wake[0], woken, sizeof woken) >= 0 || errno == EAGAIN || errno == EINTR)
    return;
  GST_WARNING ("the program has closed descriptors of the element: %s", g_strerror (errno));
  g_mutex_lock (&self->lock);
  make_wake (self);
  g_mutex_unlock (&self->lock);
}

void
pf_host_write_open (PfHost *self, PfStream *stream)
{
  const char *open = pf_stream_open (stream);
  pf_wire_write (self->out, PF_WIRE_OPEN, pf_stream_id (stream), open, strlen (open));
}

void
pf_host_open (PfStream *stream)
{
  PfHost *self = get_host ();
  g_mutex_lock (&self->lock);
  g_hash_table_insert (self->streams, GUINT_TO_POINTER (pf_stream_id (stream)),
      pf_stream_ref (stream));
  if (self->out != NULL)
    pf_host_write_open (self, stream);
  if (!self->running) {
    if (self->thread != NULL)
      g_thread_join (self->thread);
    self->running = TRUE;
    self->thread = g_thread_new ("photofinish", pf_host_run, self);
  }
  g_mutex_unlock (&self->lock);
  wake (self);
}

/* Audio is dropped where so much waits already: seconds of it. */
#define MAX_TALK (64u << 10)

/* Writes a message of an open stream, if there is a process to write it to; with the lock held. */
static gboolean
write_message (PfHost *self, PfStream *stream, PfWireType type, const void *payload, gsize size)
{
  if (self->out == NULL
      || !g_hash_table_contains (self->streams, GUINT_TO_POINTER (pf_stream_id (stream))))
    return FALSE;
  pf_wire_write (self->out, type, pf_stream_id (stream), payload, size);
  return TRUE;
}

static gboolean
post (PfStream *stream, PfWireType type, const void *payload, gsize size)
{
  PfHost *self = get_host ();
  g_mutex_lock (&self->lock);
  gboolean full = type == PF_WIRE_TALK && self->out != NULL && self->out->len > MAX_TALK;
  gboolean written = !full && write_message (self, stream, type, payload, size);
  g_mutex_unlock (&self->lock);
  if (written)
    wake (self);
  return written;
}

/* At once: a process that starts in between would open it, and never hear of its end. */
void
pf_host_close (PfStream *stream)
{
  PfHost *self = get_host ();
  g_mutex_lock (&self->lock);
  write_message (self, stream, PF_WIRE_CLOSE, NULL, 0);
  g_hash_table_remove (self->streams, GUINT_TO_POINTER (pf_stream_id (stream)));
  g_mutex_unlock (&self->lock);
  wake (self);
}

void
pf_host_key_frame (PfStream *stream, guint8 track)
{
  post (stream, PF_WIRE_KEY_FRAME, &track, 1);
}

void
pf_host_get_stats (PfStream *stream, guint32 number)
{
  guint32 payload = GUINT32_TO_BE (number);
  post (stream, PF_WIRE_GET_STATS, &payload, sizeof payload);
}

gboolean
pf_host_parameter (PfStream *stream, guint32 number, const char *json)
{
  GByteArray *payload = g_byte_array_new ();
  guint32 number_be = GUINT32_TO_BE (number);
  g_byte_array_append (payload, (const guint8 *) &number_be, sizeof number_be);
  g_byte_array_append (payload, (const guint8 *) json, (guint) strlen (json));
  gboolean sent = post (stream, PF_WIRE_PARAMETER, payload->data, payload->len);
  g_byte_array_unref (payload);
  return sent;
}

gboolean
pf_host_talk (PfStream *stream, const guint8 *packet, gsize size)
{
  return post (stream, PF_WIRE_TALK, packet, size);
}

void
pf_host_certificate (PfStream *stream, guint32 number, gboolean accepted)
{
  guint8 payload[5] = {0, 0, 0, 0, accepted ? 1 : 0};
  GST_WRITE_UINT32_BE (payload, number);
  post (stream, PF_WIRE_CERTIFICATE_ANSWER, payload, sizeof payload);
}

gint
pf_host_process (void)
{
  PfHost *self = get_host ();
  g_mutex_lock (&self->lock);
  gint process = self->process;
  g_mutex_unlock (&self->lock);
  return process;
}
