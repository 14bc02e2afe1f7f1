/* What waits in a stream, and what is dropped. */
#include "check.h"
#include "stream_parts.h"

#define TRACKS "{\"tracks\": [{\"track\": 0, \"media\": \"video\", \"caps\": \"application/x-rtp, "        \
  "payload=(int)96, clock-rate=(int)90000\"}]}"

static PfReader reader;

/* A message arrives, as it does from the socket. */
static void
receive (PfStream *stream, PfWireType type, const void *payload, gsize size)
{
  GByteArray *out = g_byte_array_new ();
  gsize space;
  PfMessage message;
  pf_wire_write (out, type, pf_stream_id (stream), payload, size);
  guint8 *at = pf_reader_space (&reader, &space);
  CHECK (space >= out->len);
  memcpy (at, out->data, out->len);
  pf_reader_filled (&reader, out->len);
  CHECK (pf_reader_next (&reader, &message) == PF_WIRE_COMPLETE);
  CHECK (pf_stream_message (stream, &message, reader.block));
  g_byte_array_unref (out);
}

static void
receive_packet (PfStream *stream, guint16 sequence)
{
  guint8 payload[16] = {0, 0, 0, 12, 0x80, 96};
  GST_WRITE_UINT16_BE (payload + 6, sequence);
  receive (stream, PF_WIRE_PACKETS, payload, sizeof payload);
}

static PfStream *
new_stream (void)
{
  PfStream *stream = pf_stream_new ("{}");
  receive (stream, PF_WIRE_TRACKS, TRACKS, strlen (TRACKS));
  PfItem *item = pf_stream_take (stream, 0);
  CHECK (item != NULL && item->type == PF_ITEM_TRACKS);
  pf_item_free (item);
  return stream;
}

static void
end (PfStream *stream)
{
  pf_stream_unref (stream);
  pf_reader_clear (&reader);
}

static void
check_type (PfStream *stream, PfItemType type)
{
  PfItem *item = pf_stream_take (stream, 0);
  CHECK (item != NULL && item->type == type);
  pf_item_free (item);
}

static void
check_packet (PfStream *stream, guint16 sequence)
{
  guint16 actual = 0;
  PfItem *item = pf_stream_take (stream, 0);
  CHECK (item != NULL && item->type == PF_ITEM_PACKETS);
  gst_buffer_extract (gst_buffer_list_get (item->packets, 0), 2, &actual, sizeof actual);
  CHECK (GUINT16_FROM_BE (actual) == sequence);
  pf_item_free (item);
}

static void
drops_leave_no_hole_in_the_numbers (void)
{
  PfStream *stream = new_stream ();
  pf_stream_play (stream, NULL);
  receive_packet (stream, 65535);
  check_packet (stream, 65535);
  for (guint16 sequence = 0; sequence < 20; sequence++)
    receive_packet (stream, sequence);
  pf_stream_pause (stream);
  CHECK (pf_stream_take (stream, 0) == NULL);
  receive_packet (stream, 20);
  pf_stream_play (stream, NULL);
  receive_packet (stream, 21);
  check_packet (stream, 0);
  receive_packet (stream, 22);
  check_packet (stream, 1);
  end (stream);
}

static void
media_is_held_for_a_second_before_the_pipeline_runs (void)
{
  PfStream *stream = new_stream ();
  receive_packet (stream, 1);
  receive_packet (stream, 2);
  receive_packet (stream, 3);
  CHECK (pf_stream_take (stream, 0) == NULL);
  ((PfItem *) g_queue_peek_nth (&stream->items, 0))->arrival -= 2 * G_USEC_PER_SEC;
  ((PfItem *) g_queue_peek_nth (&stream->items, 1))->arrival -= 2 * G_USEC_PER_SEC;
  receive_packet (stream, 4);
  pf_stream_play (stream, NULL);
  check_packet (stream, 3);
  check_packet (stream, 4);
  CHECK (pf_stream_take (stream, 0) == NULL);
  CHECK (stream->bytes == 0);
  end (stream);
}

static void
held_media_does_not_keep_events_and_errors_back (void)
{
  static const char event[] = "{\"event\": \"state\"}", error[] = "{\"kind\": \"failed\"}";
  PfStream *stream = new_stream ();
  receive_packet (stream, 1);
  receive (stream, PF_WIRE_EVENT, event, strlen (event));
  check_type (stream, PF_ITEM_EVENT);
  CHECK (pf_stream_take (stream, 0) == NULL);
  receive (stream, PF_WIRE_ERROR, error, strlen (error));
  check_type (stream, PF_ITEM_ERROR);
  end (stream);
}

static void
held_media_comes_before_the_end (void)
{
  PfStream *stream = new_stream ();
  receive_packet (stream, 1);
  receive (stream, PF_WIRE_EOS, NULL, 0);
  CHECK (pf_stream_take (stream, 0) == NULL);
  pf_stream_play (stream, NULL);
  check_packet (stream, 1);
  check_type (stream, PF_ITEM_EOS);
  end (stream);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  drops_leave_no_hole_in_the_numbers ();
  media_is_held_for_a_second_before_the_pipeline_runs ();
  held_media_does_not_keep_events_and_errors_back ();
  held_media_comes_before_the_end ();
  return 0;
}
