#include "stream_parts.h"

/* Beyond, the oldest event is dropped. */
#define MAX_WAITING_EVENTS 256u

void
pf_item_free (PfItem *item)
{
  gst_clear_buffer_list (&item->packets);
  gst_clear_buffer (&item->report);
  g_clear_pointer (&item->structure, gst_structure_free);
  g_free (item->json);
  g_free (item);
}

PfStream *
pf_stream_new (const char *open)
{
  static gint last_id = 0;
  PfStream *stream = g_new0 (PfStream, 1);
  stream->references = 1;
  do
    stream->id = (guint32) g_atomic_int_add (&last_id, 1) + 1;
  while (stream->id == 0);
  stream->open = g_strdup (open);
  g_mutex_init (&stream->lock);
  g_cond_init (&stream->changed);
  g_queue_init (&stream->items);
  return stream;
}

PfStream *
pf_stream_ref (PfStream *stream)
{
  g_atomic_int_inc (&stream->references);
  return stream;
}

static void
clear_items (PfStream *stream)
{
  g_queue_clear_full (&stream->items, (GDestroyNotify) pf_item_free);
  stream->bytes = 0;
  stream->events = 0;
}

void
pf_stream_unref (PfStream *stream)
{
  if (!g_atomic_int_dec_and_test (&stream->references))
    return;
  clear_items (stream);
  g_clear_pointer (&stream->answer, gst_structure_free);
  gst_clear_object (&stream->clock);
  g_mutex_clear (&stream->lock);
  g_cond_clear (&stream->changed);
  g_free (stream->open);
  g_free (stream);
}

guint32
pf_stream_id (PfStream *stream)
{
  return stream->id;
}

const char *
pf_stream_open (PfStream *stream)
{
  return stream->open;
}

PfItem *
pf_stream_take (PfStream *stream, gint64 until)
{
  g_mutex_lock (&stream->lock);
  PfItem *item = NULL;
  while (!stream->stopped) {
    item = g_queue_peek_head (&stream->items);
    /* What was held comes out when the pipeline runs. */
    if (item != NULL && (item->packets == NULL || stream->flow != PF_FLOW_HOLDING))
      break;
    item = NULL;
    if (!g_cond_wait_until (&stream->changed, &stream->lock, until))
      break;
  }
  if (item != NULL) {
    g_queue_pop_head (&stream->items);
    stream->bytes -= item->size;
    stream->events -= item->type == PF_ITEM_EVENT;
  }
  g_mutex_unlock (&stream->lock);
  return item;
}

void
pf_stream_stop (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  stream->stopped = TRUE;
  clear_items (stream);
  g_cond_broadcast (&stream->changed);
  g_mutex_unlock (&stream->lock);
}

gboolean
pf_stream_stopped (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  gboolean stopped = stream->stopped;
  g_mutex_unlock (&stream->lock);
  return stopped;
}

void
pf_stream_drop_packets (PfStream *stream)
{
  for (GList *link = stream->items.head, *next; link != NULL; link = next) {
    PfItem *item = link->data;
    next = link->next;
    if (item->type != PF_ITEM_PACKETS && item->type != PF_ITEM_REPORT)
      continue;
    stream->bytes -= item->size;
    pf_item_free (item);
    g_queue_delete_link (&stream->items, link);
  }
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    stream->tracks[i].gap = TRUE;
}

void
pf_stream_play (PfStream *stream, GstClock *clock)
{
  g_mutex_lock (&stream->lock);
  stream->flow = PF_FLOW_PLAYING;
  gst_object_replace ((GstObject **) &stream->clock, (GstObject *) clock);
  g_cond_broadcast (&stream->changed);
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_pause (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  stream->flow = PF_FLOW_PAUSED;
  pf_stream_drop_packets (stream);
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_end (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  pf_stream_put (stream, pf_item_new (PF_ITEM_EOS));
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_ignore (PfStream *stream, guint track)
{
  g_mutex_lock (&stream->lock);
  stream->tracks[track].ignored = TRUE;
  g_mutex_unlock (&stream->lock);
}

guint32
pf_stream_ask (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  guint32 number = ++stream->asked;
  g_mutex_unlock (&stream->lock);
  return number;
}

GstStructure *
pf_stream_answer (PfStream *stream, guint32 number, gint64 wait)
{
  gint64 until = g_get_monotonic_time () + wait;
  g_mutex_lock (&stream->lock);
  while (stream->answered != number && !stream->stopped
         && g_cond_wait_until (&stream->changed, &stream->lock, until))
    continue;
  GstStructure *answer = stream->answer == NULL ? NULL : gst_structure_copy (stream->answer);
  g_mutex_unlock (&stream->lock);
  return answer;
}

void
pf_stream_put (PfStream *stream, PfItem *item)
{
  if (stream->stopped || stream->over) {
    pf_item_free (item);
    return;
  }
  if (item->type == PF_ITEM_EVENT && ++stream->events > MAX_WAITING_EVENTS)
    for (GList *link = stream->items.head; link != NULL; link = link->next) {
      PfItem *oldest = link->data;
      if (oldest->type != PF_ITEM_EVENT)
        continue;
      stream->events--;
      pf_item_free (oldest);
      g_queue_delete_link (&stream->items, link);
      break;
    }
  stream->over = item->type == PF_ITEM_ERROR || item->type == PF_ITEM_EOS;
  stream->bytes += item->size;
  g_queue_push_tail (&stream->items, item);
  g_cond_broadcast (&stream->changed);
}

PfItem *
pf_item_new (PfItemType type)
{
  PfItem *item = g_new0 (PfItem, 1);
  item->type = type;
  item->clock = GST_CLOCK_TIME_NONE;
  return item;
}

void
pf_stream_restarted (PfStream *stream, GstStructure *reason)
{
  PfItem *item = pf_item_new (PF_ITEM_EVENT);
  item->structure = reason;
  g_mutex_lock (&stream->lock);
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    stream->tracks[i].numbers.again = TRUE;
  pf_stream_put (stream, item);
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_fail (PfStream *stream, const char *kind, const char *text)
{
  PfItem *item = pf_item_new (PF_ITEM_ERROR);
  item->structure =
      gst_structure_new ("error", "kind", G_TYPE_STRING, kind, "text", G_TYPE_STRING, text, NULL);
  g_mutex_lock (&stream->lock);
  pf_stream_put (stream, item);
  g_mutex_unlock (&stream->lock);
}

gboolean
pf_stream_over (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  gboolean over = stream->over;
  g_mutex_unlock (&stream->lock);
  return over;
}
