#include "stream.h"

#include "bytes.h"
#include "json.h"
#include "numbers.h"

#include <gst/rtp/rtp.h>
#include <string.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* Beyond, the packets that wait are dropped: 8 MiB is seconds of a camera's video. */
#define MAX_WAITING_BYTES (8u << 20)
#define MAX_WAITING_PACKETS 4096u
/* Beyond, the oldest event is dropped. */
#define MAX_WAITING_EVENTS 256u
/* Beyond, the stream fails: a process that sends tracks and reports without end is broken. */
#define MAX_WAITING 16384u

typedef struct {
  PfNumbers numbers;
  gboolean known, ignored;
  gboolean gap; /* packets were dropped here: the next are the first after a gap */
} Track;

typedef enum { HOLDING, PLAYING, PAUSED } Flow;

struct _PfStream {
  gint references;
  guint32 id;
  char *open;

  GMutex lock; /* of all below */
  GCond changed;
  GQueue items;
  gsize bytes;
  guint events;
  gboolean stopped, over;
  Flow flow;
  GstClock *clock;
  Track tracks[PF_MAX_TRACKS];
  guint32 asked;
  guint32 answered;
  GstStructure *answer;
};

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
    if (item != NULL && (item->packets == NULL || stream->flow != HOLDING))
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

/* Drops the packets that wait, and has the next flagged. */
static void
drop_packets (PfStream *stream)
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
  stream->flow = PLAYING;
  gst_object_replace ((GstObject **) &stream->clock, (GstObject *) clock);
  g_cond_broadcast (&stream->changed);
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_pause (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  stream->flow = PAUSED;
  drop_packets (stream);
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

/* Puts an item into the queue, with the lock held; takes it. */
static void
put (PfStream *stream, PfItem *item)
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

static PfItem *
item_new (PfItemType type)
{
  PfItem *item = g_new0 (PfItem, 1);
  item->type = type;
  item->clock = GST_CLOCK_TIME_NONE;
  return item;
}

static void
learn_numbers (PfStream *stream, const GValue *value)
{
  const GstStructure *description =
      GST_VALUE_HOLDS_STRUCTURE (value) ? gst_value_get_structure (value) : NULL;
  gint64 number;
  const char *text = description == NULL ? NULL : gst_structure_get_string (description, "caps");
  if (text == NULL || !gst_structure_get_int64 (description, "track", &number) || number < 0
      || number >= PF_MAX_TRACKS)
    return;
  GstCaps *caps = gst_caps_from_string (text);
  gint payload = 0, clock_rate = 0;
  if (caps != NULL && gst_caps_is_fixed (caps)) {
    const GstStructure *fields = gst_caps_get_structure (caps, 0);
    if (gst_structure_get_int (fields, "payload", &payload)
        && gst_structure_get_int (fields, "clock-rate", &clock_rate) && payload >= 0
        && payload < 128 && clock_rate > 0) {
      stream->tracks[number].known = TRUE;
      pf_numbers_caps (&stream->tracks[number].numbers, (guint8) payload, (guint32) clock_rate);
    }
  }
  gst_clear_caps (&caps);
}

static gboolean
on_tracks (PfStream *stream, const PfMessage *message)
{
  GstStructure *structure =
      pf_json_read ("tracks", (const char *) message->payload, message->size);
  const GValue *tracks =
      structure == NULL ? NULL : gst_structure_get_value (structure, "tracks");
  if (tracks == NULL || !GST_VALUE_HOLDS_ARRAY (tracks)) {
    g_clear_pointer (&structure, gst_structure_free);
    return FALSE;
  }
  for (guint i = 0; i < gst_value_array_get_size (tracks); i++)
    learn_numbers (stream, gst_value_array_get_value (tracks, i));
  PfItem *item = item_new (PF_ITEM_TRACKS);
  item->structure = structure;
  put (stream, item);
  return TRUE;
}

/* The track that a message begins with, if its packets are wanted; good says whether the message
 * is long enough to name one. */
static Track *
track_of (PfStream *stream, const PfMessage *message, gsize least, gboolean *good)
{
  *good = message->size >= least;
  if (!*good || message->payload[0] >= PF_MAX_TRACKS)
    return NULL;
  Track *track = &stream->tracks[message->payload[0]];
  return track->known && !track->ignored ? track : NULL;
}

static gboolean
on_packets (PfStream *stream, const PfMessage *message, PfBlock *block)
{
  gboolean good;
  Track *track = track_of (stream, message, 2, &good);
  if (track == NULL)
    return good;
  guint8 *at = message->payload + 2, *packet;
  gsize left = message->size - 2;
  guint16 size;
  gboolean broken = FALSE;
  gboolean gap = track->gap || (message->payload[1] & PF_WIRE_GAP) != 0;
  if (stream->flow == PAUSED || stream->stopped || stream->over) {
    track->gap = TRUE;
    return TRUE;
  }
  if (stream->bytes > MAX_WAITING_BYTES || g_queue_get_length (&stream->items) > MAX_WAITING_PACKETS) {
    GST_WARNING ("the pipeline does not take packets: %" G_GSIZE_FORMAT " octets are dropped",
        stream->bytes);
    drop_packets (stream);
    gap = TRUE;
  }
  gint64 now = g_get_monotonic_time ();
  gboolean first_gap = gap || track->numbers.again;
  PfItem *item = item_new (PF_ITEM_PACKETS);
  item->track = message->payload[0];
  item->packets = gst_buffer_list_new ();
  while (pf_wire_next_packet (&at, &left, &packet, &size, &broken)) {
    if (!pf_numbers_packet (&track->numbers, packet, size, gap, now))
      continue;
    gap = FALSE;
    gst_buffer_list_add (item->packets, pf_block_buffer (block, packet, size));
    item->size += size;
  }
  if (broken || item->size == 0) {
    pf_item_free (item);
    return !broken;
  }
  item->gap = first_gap;
  track->gap = FALSE;
  if (stream->clock != NULL)
    item->clock = gst_clock_get_time (stream->clock);
  put (stream, item);
  return TRUE;
}

static gboolean
on_rtcp (PfStream *stream, const PfMessage *message, PfBlock *block)
{
  gboolean good;
  Track *track = track_of (stream, message, 1, &good);
  if (track == NULL || stream->flow == PAUSED)
    return good;
  gsize size = pf_numbers_report (&track->numbers, message->payload + 1, message->size - 1);
  if (size == 0)
    return TRUE;
  PfItem *item = item_new (PF_ITEM_REPORT);
  item->track = message->payload[0];
  item->report = pf_block_buffer (block, message->payload + 1, size);
  item->size = size;
  if (stream->clock != NULL)
    item->clock = gst_clock_get_time (stream->clock);
  put (stream, item);
  return TRUE;
}

static gboolean
on_event (PfStream *stream, const PfMessage *message)
{
  const char *text = (const char *) message->payload;
  GstStructure *structure = pf_json_read ("photofinish-event", text, message->size);
  if (structure == NULL)
    return FALSE;
  PfItem *item = item_new (PF_ITEM_EVENT);
  item->json = g_strndup (text, message->size);
  item->structure = structure;
  put (stream, item);
  return TRUE;
}

static gboolean
on_error (PfStream *stream, const PfMessage *message)
{
  GstStructure *structure =
      pf_json_read ("error", (const char *) message->payload, message->size);
  if (structure == NULL)
    return FALSE;
  PfItem *item = item_new (PF_ITEM_ERROR);
  item->structure = structure;
  put (stream, item);
  return TRUE;
}

static gboolean
on_stats (PfStream *stream, const PfMessage *message)
{
  if (message->size < 4)
    return FALSE;
  GstStructure *answer = pf_json_read ("application/x-photofinish-stats",
      (const char *) message->payload + 4, message->size - 4);
  if (answer == NULL)
    return FALSE;
  g_clear_pointer (&stream->answer, gst_structure_free);
  stream->answer = answer;
  stream->answered = pf_read32 (message->payload);
  g_cond_broadcast (&stream->changed);
  return TRUE;
}

gboolean
pf_stream_message (PfStream *stream, const PfMessage *message, PfBlock *block)
{
  gboolean good = TRUE;
  g_mutex_lock (&stream->lock);
  switch (message->type) {
    case PF_WIRE_TRACKS:
      good = on_tracks (stream, message);
      break;
    case PF_WIRE_PACKETS:
      good = on_packets (stream, message, block);
      break;
    case PF_WIRE_RTCP:
      good = on_rtcp (stream, message, block);
      break;
    case PF_WIRE_EVENT:
      good = on_event (stream, message);
      break;
    case PF_WIRE_ERROR:
      good = on_error (stream, message);
      break;
    case PF_WIRE_EOS:
      put (stream, item_new (PF_ITEM_EOS));
      break;
    case PF_WIRE_STATS:
      good = on_stats (stream, message);
      break;
    default:
      break;
  }
  good = good && g_queue_get_length (&stream->items) <= MAX_WAITING;
  g_mutex_unlock (&stream->lock);
  return good;
}

void
pf_stream_restarted (PfStream *stream, GstStructure *reason)
{
  PfItem *item = item_new (PF_ITEM_EVENT);
  item->structure = reason;
  g_mutex_lock (&stream->lock);
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    stream->tracks[i].numbers.again = TRUE;
  put (stream, item);
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_fail (PfStream *stream, const char *kind, const char *text)
{
  PfItem *item = item_new (PF_ITEM_ERROR);
  item->structure =
      gst_structure_new ("error", "kind", G_TYPE_STRING, kind, "text", G_TYPE_STRING, text, NULL);
  g_mutex_lock (&stream->lock);
  put (stream, item);
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
