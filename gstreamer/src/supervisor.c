/* Which process runs, and when another one is started. */
#include "host_parts.h"

#include <poll.h>
#include <unistd.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* A pipeline that stops and starts finds the process still there. */
#define LINGER (G_USEC_PER_SEC / 4)
/* For its TEARDOWNs, 2 s at most, before it is killed. */
#define LEAVE_TIME (3 * G_USEC_PER_SEC)
#define REAP_TICK_MS 20
/* A process that lived so long is started again at once. */
#define STABLE (10 * G_USEC_PER_SEC)
/* Starts in a row without a hello that make the elements give up. */
#define MAX_SILENT_STARTS 5
/* One that is silent is asked for something, and after so many questions without a word it hangs. They are counted, since a host that was stopped itself has not listened. */
#define MAX_UNHEARD 4

/* A process that is not ready so long after its start, since it is being built or the machine is busy,
 * is told of. */
#define LATE (10 * G_USEC_PER_SEC)

static const guint back_off_ms[] = {0, 500, 1000, 2000, 4000, 5000};

/* Streams whose end has not come, as a list of references. */
static GList *
list_streams (PfHost *self)
{
  GList *list = NULL;
  GHashTableIter iterator;
  gpointer stream;
  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iterator, self->streams);
  while (g_hash_table_iter_next (&iterator, NULL, &stream))
    if (!pf_stream_over (stream))
      list = g_list_prepend (list, pf_stream_ref (stream));
  g_mutex_unlock (&self->lock);
  return list;
}

static void
free_streams (GList *list)
{
  g_list_free_full (list, (GDestroyNotify) pf_stream_unref);
}

void
pf_host_fail_all (PfHost *self, const char *text)
{
  GST_WARNING ("%s", text);
  GList *list = list_streams (self);
  for (GList *link = list; link != NULL; link = link->next)
    pf_stream_fail (link->data, "failed", text);
  free_streams (list);
}

static void
start_child (PfHost *self)
{
  GError *error = NULL;
  char *program = pf_child_program ();
  self->child = pf_child_start (program, &error);
  g_free (program);
  if (self->child == NULL) {
    pf_host_fail_all (self, error->message);
    g_clear_error (&error);
    return;
  }
  self->hello = FALSE;
  self->unheard = 0;
  self->next_question = 0;
  GHashTableIter iterator;
  gpointer stream;
  g_mutex_lock (&self->lock);
  self->process = (gint) self->child->pid;
  self->out = g_byte_array_new ();
  pf_wire_write_hello (self->out, PF_VERSION);
  g_hash_table_iter_init (&iterator, self->streams);
  while (g_hash_table_iter_next (&iterator, NULL, &stream))
    if (!pf_stream_over (stream))
      pf_host_write_open (self, stream);
  g_mutex_unlock (&self->lock);
}

/* The child is on its way out; it is given time to say goodbye to its cameras. */
static void
leave_child (PfHost *self, gint64 wait)
{
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->out, g_byte_array_unref);
  self->process = 0;
  g_mutex_unlock (&self->lock);
  pf_reader_clear (&self->reader);
  pf_child_leave (self->child, wait);
  g_queue_push_tail (&self->leaving, g_steal_pointer (&self->child));
}

/* The child ended, or broke the protocol: another one is started, later each time. */
static void
lost_child (PfHost *self, const char *reason)
{
  gint64 now = g_get_monotonic_time ();
  PfChild *child = self->child;
  pf_child_read_errors (child);
  if (self->hello && now - child->started > STABLE)
    self->failures = 0;
  self->silent_starts = self->hello ? 0 : self->silent_starts + 1;
  guint delay = back_off_ms[MIN (self->failures, G_N_ELEMENTS (back_off_ms) - 1)];
  self->failures++;
  self->next_start = now + delay * G_GINT64_CONSTANT (1000);
  GST_WARNING ("process %d is lost: %s; the next is started in %u ms", (int) child->pid, reason,
      delay);
  GList *list = list_streams (self);
  for (GList *link = list; link != NULL; link = link->next)
    pf_stream_restarted (link->data,
        gst_structure_new ("photofinish-process", "event", G_TYPE_STRING, "process", "process",
            G_TYPE_INT64, (gint64) child->pid, "reason", G_TYPE_STRING, reason, "delayMs",
            G_TYPE_INT64, (gint64) delay, NULL));
  free_streams (list);
  if (self->silent_starts >= MAX_SILENT_STARTS) {
    char *text = g_strdup_printf ("the photofinish process ended %u times before it was ready%s%s",
        self->silent_starts, child->last_line[0] != 0 ? "; it said: " : "", child->last_line);
    pf_host_fail_all (self, text);
    g_free (text);
    self->silent_starts = 0;
  }
  leave_child (self, 0);
}

static void
reap (PfHost *self)
{
  gint64 now = g_get_monotonic_time ();
  for (GList *link = self->leaving.head, *next; link != NULL; link = next) {
    PfChild *child = link->data;
    next = link->next;
    if (!pf_child_gone (child, now))
      continue;
    pf_child_free (child);
    g_queue_delete_link (&self->leaving, link);
  }
}

/* Tells the elements that their process takes its time. */
static void
tell_late (PfHost *self, GList *list)
{
  PfChild *child = self->child;
  GST_WARNING ("process %d is not ready: %s", (int) child->pid, child->last_line);
  child->late = TRUE;
  for (GList *link = list; link != NULL; link = link->next) {
    GstStructure *event = gst_structure_new ("photofinish-starting", "event", G_TYPE_STRING,
        "starting", "process", G_TYPE_INT64, (gint64) child->pid, NULL);
    if (child->last_line[0] != 0)
      gst_structure_set (event, "said", G_TYPE_STRING, child->last_line, NULL);
    pf_stream_event (link->data, event);
  }
}

/* When the child that is not ready is late. */
static gint64
late_at (PfHost *self)
{
  return self->child->late ? G_MAXINT64 : self->child->started + LATE;
}

/* Asks a child that is ready and says nothing for statistics, which nobody waits for; FALSE if it
 * hangs. */
static gboolean
ask_child (PfHost *self, PfStream *stream, gint64 now)
{
  if (!self->hello || now < self->next_question)
    return TRUE;
  if (self->unheard == MAX_UNHEARD)
    return FALSE;
  self->unheard++;
  self->next_question = now + PF_HOST_ASK_AFTER;
  pf_host_get_stats (stream, PF_STREAM_UNASKED);
  return TRUE;
}

/* Starts or leaves the child as the streams need it; FALSE when the thread has nothing left to do.
 * in_ms is when to look again, -1 for when something happens. */
static gboolean
supervise (PfHost *self, int *in_ms)
{
  gint64 now = g_get_monotonic_time (), at = G_MAXINT64;
  g_mutex_lock (&self->lock);
  guint streams = g_hash_table_size (self->streams);
  self->running = streams > 0 || self->child != NULL || !g_queue_is_empty (&self->leaving);
  if (streams > 0) {
    self->idle_since = 0;
  } else if (self->idle_since == 0) {
    self->idle_since = now;
    self->failures = self->silent_starts = 0;
    self->next_start = 0;
  }
  gboolean running = self->running;
  g_mutex_unlock (&self->lock);
  if (!running)
    return FALSE;
  if (streams == 0 && self->child != NULL) {
    at = self->idle_since + LINGER;
    if (now >= at)
      leave_child (self, LEAVE_TIME);
  } else if (streams > 0) {
    GList *list = list_streams (self);
    if (list != NULL && self->child == NULL && now >= self->next_start)
      start_child (self);
    else if (list != NULL && self->child != NULL && !ask_child (self, list->data, now))
      lost_child (self, "it hangs");
    if (list != NULL && self->child != NULL && !self->hello && now >= late_at (self))
      tell_late (self, list);
    if (list != NULL)
      at = self->child == NULL ? self->next_start
          : self->hello        ? self->next_question
                               : late_at (self);
    free_streams (list);
  }
  if (!g_queue_is_empty (&self->leaving))
    at = MIN (at, now + REAP_TICK_MS * 1000);
  *in_ms = at == G_MAXINT64 ? -1 : (int) (MAX (at - now, 0) / 1000 + 1);
  return TRUE;
}

static void
await_work (PfHost *self, int in_ms)
{
  PfChild *child = self->child;
  gboolean writing = FALSE;
  if (child != NULL) {
    g_mutex_lock (&self->lock);
    writing = self->out->len > 0;
    g_mutex_unlock (&self->lock);
  }
  struct pollfd fds[] = {
    {.fd = self->wake[0], .events = POLLIN},
    {.fd = child == NULL ? -1 : child->socket, .events = (short) (POLLIN | (writing ? POLLOUT : 0))},
    {.fd = child == NULL ? -1 : child->errors, .events = POLLIN},
  };
  if (poll (fds, G_N_ELEMENTS (fds), in_ms) <= 0)
    return;
  if (fds[0].revents != 0)
    pf_host_woken (self);
  if (fds[2].revents != 0)
    pf_child_read_errors (child);
  const short readable = POLLIN | POLLHUP | POLLERR | POLLNVAL;
  const char *reason = fds[1].revents & readable ? pf_host_read (self) : NULL;
  if (reason == NULL && writing)
    reason = pf_host_write (self);
  if (reason != NULL)
    lost_child (self, reason);
}

gpointer
pf_host_run (gpointer data)
{
  PfHost *self = data;
  int in_ms;
  while (supervise (self, &in_ms)) {
    await_work (self, in_ms);
    reap (self);
  }
  return NULL;
}
