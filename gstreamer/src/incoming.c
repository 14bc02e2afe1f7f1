/* Messages of the process for a stream, on their way into its queue. */
#include "bytes.h"
#include "json.h"
#include "stream_parts.h"

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* Beyond, the packets that wait are dropped: 8 MiB is seconds of a camera's video. */
#define MAX_WAITING_BYTES (8u << 20)
#define MAX_WAITING_PACKETS 4096u
/* What a packet takes beside its octets, so that many small ones count as what they are. */
#define PACKET_COST 256u
/* Beyond, the stream fails: a process that sends tracks and reports without end is broken. */
#define MAX_WAITING 16384u

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
  PfItem *item = pf_item_new (PF_ITEM_TRACKS);
  item->structure = structure;
  pf_stream_put (stream, item);
  return TRUE;
}

/* The track that a message begins with, if its packets are wanted; good says whether the message
 * is long enough to name one. */
static PfTrack *
track_of (PfStream *stream, const PfMessage *message, gsize least, gboolean *good)
{
  *good = message->size >= least;
  if (!*good || message->payload[0] >= PF_MAX_TRACKS)
    return NULL;
  PfTrack *track = &stream->tracks[message->payload[0]];
  return track->known && !track->ignored ? track : NULL;
}

static gboolean
on_packets (PfStream *stream, const PfMessage *message, PfBlock *block)
{
  gboolean good;
  PfTrack *track = track_of (stream, message, 2, &good);
  if (track == NULL)
    return good;
  guint8 *at = message->payload + 2, *packet;
  gsize left = message->size - 2;
  guint16 size;
  gboolean broken = FALSE;
  gboolean gap = track->gap || (message->payload[1] & PF_WIRE_GAP) != 0;
  if (stream->flow == PF_FLOW_PAUSED || stream->stopped || stream->over) {
    track->gap = TRUE;
    return TRUE;
  }
  if (stream->bytes > MAX_WAITING_BYTES
      || g_queue_get_length (&stream->items) > MAX_WAITING_PACKETS) {
    GST_WARNING ("the pipeline does not take packets: %" G_GSIZE_FORMAT " octets are dropped",
        stream->bytes);
    pf_stream_drop_packets (stream);
    gap = TRUE;
  }
  gboolean first_gap = gap || track->numbers.again;
  PfItem *item = pf_item_new (PF_ITEM_PACKETS);
  item->track = message->payload[0];
  item->packets = gst_buffer_list_new ();
  while (pf_wire_next_packet (&at, &left, &packet, &size, &broken)) {
    if (!pf_numbers_packet (&track->numbers, packet, size, gap, item->arrival))
      continue;
    gap = FALSE;
    gst_buffer_list_add (item->packets, pf_block_buffer (block, packet, size));
    item->size += size + PACKET_COST;
  }
  if (broken || item->size == 0) {
    pf_item_free (item);
    return !broken;
  }
  item->gap = first_gap;
  track->gap = FALSE;
  if (stream->clock != NULL)
    item->clock = gst_clock_get_time (stream->clock);
  pf_stream_put (stream, item);
  return TRUE;
}

static gboolean
on_rtcp (PfStream *stream, const PfMessage *message, PfBlock *block)
{
  gboolean good;
  PfTrack *track = track_of (stream, message, 1, &good);
  if (track == NULL || stream->flow == PF_FLOW_PAUSED)
    return good;
  gsize size = pf_numbers_report (&track->numbers, message->payload + 1, message->size - 1);
  if (size == 0)
    return TRUE;
  PfItem *item = pf_item_new (PF_ITEM_REPORT);
  item->track = message->payload[0];
  item->report = pf_block_buffer (block, message->payload + 1, size);
  item->size = size;
  if (stream->clock != NULL)
    item->clock = gst_clock_get_time (stream->clock);
  pf_stream_put (stream, item);
  return TRUE;
}

static gboolean
on_event (PfStream *stream, const PfMessage *message)
{
  const char *text = (const char *) message->payload;
  GstStructure *structure = pf_json_read ("photofinish-event", text, message->size);
  if (structure == NULL)
    return FALSE;
  PfItem *item = pf_item_new (PF_ITEM_EVENT);
  item->json = g_strndup (text, message->size);
  item->structure = structure;
  pf_stream_put (stream, item);
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
  guint32 number = pf_read32 (message->payload);
  if (number != PF_STREAM_UNASKED)
    stream->answered = number;
  g_cond_broadcast (&stream->changed);
  return TRUE;
}

static gboolean
on_description (PfStream *stream, const PfMessage *message)
{
  PfItem *item = pf_item_new (PF_ITEM_DESCRIPTION);
  item->json = g_strndup ((const char *) message->payload, message->size);
  pf_stream_put (stream, item);
  return TRUE;
}

static gboolean
on_json (PfStream *stream, PfItemType type, guint32 number, const guint8 *text, gsize size)
{
  GstStructure *structure = pf_json_read ("message", (const char *) text, size);
  if (structure == NULL)
    return FALSE;
  PfItem *item = pf_item_new (type);
  item->structure = structure;
  item->number = number;
  pf_stream_put (stream, item);
  return TRUE;
}

/* A number and JSON. */
static gboolean
on_numbered (PfStream *stream, PfItemType type, const PfMessage *message)
{
  return message->size >= 4
      && on_json (stream, type, pf_read32 (message->payload), message->payload + 4,
          message->size - 4);
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
      good = on_json (stream, PF_ITEM_ERROR, 0, message->payload, message->size);
      break;
    case PF_WIRE_EOS:
      pf_stream_put (stream, pf_item_new (PF_ITEM_EOS));
      break;
    case PF_WIRE_STATS:
      good = on_stats (stream, message);
      break;
    case PF_WIRE_DESCRIPTION:
      good = on_description (stream, message);
      break;
    case PF_WIRE_BACK_CHANNEL:
      good = on_json (stream, PF_ITEM_BACK_CHANNEL, 0, message->payload, message->size);
      break;
    case PF_WIRE_PARAMETER_ANSWER:
      good = on_numbered (stream, PF_ITEM_ANSWER, message);
      break;
    case PF_WIRE_CERTIFICATE:
      good = on_numbered (stream, PF_ITEM_CERTIFICATE, message);
      break;
    default:
      break;
  }
  good = good && g_queue_get_length (&stream->items) <= MAX_WAITING;
  g_mutex_unlock (&stream->lock);
  return good;
}
