/* What waits for the thread of an element; all with the lock of its stream held. */
#include "stream_parts.h"

/* Before the pipeline runs for the first time, what is older is not held for it. */
#define HOLD_TIME G_USEC_PER_SEC
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

PfItem *
pf_item_new (PfItemType type)
{
  PfItem *item = g_new0 (PfItem, 1);
  item->type = type;
  item->arrival = g_get_monotonic_time ();
  item->clock = GST_CLOCK_TIME_NONE;
  return item;
}

void
pf_stream_clear (PfStream *stream)
{
  g_queue_clear_full (&stream->items, (GDestroyNotify) pf_item_free);
  stream->bytes = 0;
  stream->events = stream->passing = 0;
}

static gboolean
is_media (const PfItem *item)
{
  return item->type == PF_ITEM_PACKETS || item->type == PF_ITEM_REPORT;
}

static gboolean
passes_media (const PfItem *item)
{
  return item->type == PF_ITEM_EVENT || item->type == PF_ITEM_ERROR
      || item->type == PF_ITEM_ANSWER || item->type == PF_ITEM_CERTIFICATE;
}

/* The item that is next, NULL for none. Media is held until the pipeline runs, and the end behind
 * it; what the application must hear is not. */
static GList *
find_next (PfStream *stream)
{
  GList *link = stream->items.head;
  if (link == NULL || stream->flow != PF_FLOW_HOLDING || !is_media (link->data))
    return link;
  if (stream->passing == 0 && !stream->over)
    return NULL;
  while (link != NULL && !passes_media (link->data))
    link = link->next;
  return link;
}

/* Takes an item out of the queue. */
static PfItem *
remove_item (PfStream *stream, GList *link)
{
  PfItem *item = link->data;
  stream->bytes -= item->size;
  stream->events -= item->type == PF_ITEM_EVENT;
  stream->passing -= passes_media (item);
  g_queue_delete_link (&stream->items, link);
  return item;
}

PfItem *
pf_stream_next (PfStream *stream)
{
  GList *link = find_next (stream);
  return link == NULL ? NULL : remove_item (stream, link);
}

static void
withdraw (PfStream *stream, PfItem *item)
{
  for (guint i = 0; i < gst_buffer_list_length (item->packets); i++) {
    guint16 sequence = 0;
    gst_buffer_extract (gst_buffer_list_get (item->packets, i), 2, &sequence, sizeof sequence);
    pf_numbers_withdraw (&stream->tracks[item->track].numbers, GUINT16_FROM_BE (sequence));
  }
}

void
pf_stream_drop_packets (PfStream *stream)
{
  for (GList *link = stream->items.head, *next; link != NULL; link = next) {
    next = link->next;
    if (!is_media (link->data))
      continue;
    PfItem *item = remove_item (stream, link);
    if (item->packets != NULL)
      withdraw (stream, item);
    pf_item_free (item);
  }
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    stream->tracks[i].gap = TRUE;
}

/* Nothing has come out before them, so that the numbers begin with those that stay. */
static void
drop_held (PfStream *stream, gint64 before)
{
  for (GList *link = stream->items.head, *next; link != NULL; link = next) {
    PfItem *item = link->data;
    next = link->next;
    if (!is_media (item))
      continue;
    if (item->arrival >= before)
      return;
    pf_item_free (remove_item (stream, link));
  }
}

static void
drop_oldest_event (PfStream *stream)
{
  for (GList *link = stream->items.head; link != NULL; link = link->next) {
    PfItem *item = link->data;
    if (item->type != PF_ITEM_EVENT)
      continue;
    pf_item_free (remove_item (stream, link));
    return;
  }
}

void
pf_stream_put (PfStream *stream, PfItem *item)
{
  if (stream->stopped || stream->over) {
    pf_item_free (item);
    return;
  }
  if (item->type == PF_ITEM_EVENT && ++stream->events > MAX_WAITING_EVENTS)
    drop_oldest_event (stream);
  if (stream->flow == PF_FLOW_HOLDING && is_media (item))
    drop_held (stream, item->arrival - HOLD_TIME);
  stream->over = item->type == PF_ITEM_ERROR || item->type == PF_ITEM_EOS;
  stream->passing += passes_media (item);
  stream->bytes += item->size;
  g_queue_push_tail (&stream->items, item);
  g_cond_broadcast (&stream->changed);
}
