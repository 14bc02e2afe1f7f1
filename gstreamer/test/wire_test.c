/* Messages: written and read back, in pieces of any size, with lengths that are wrong. */
#include "block.h"
#include "check.h"

static GByteArray *
two_messages (void)
{
  GByteArray *out = g_byte_array_new ();
  pf_wire_write (out, PF_WIRE_EVENT, 7, "{}", 2);
  pf_wire_write (out, PF_WIRE_EOS, 0x01020304, NULL, 0);
  return out;
}

static void
writes_and_reads (void)
{
  GByteArray *out = two_messages ();
  PfMessage message;
  gsize total;
  CHECK (out->len == 11 + 9);
  CHECK (memcmp (out->data, "\0\0\0\7\105\0\0\0\7{}", 11) == 0);
  CHECK (pf_wire_read (out->data, out->len, &message, &total) == PF_WIRE_COMPLETE);
  CHECK (total == 11 && message.type == PF_WIRE_EVENT && message.element == 7);
  CHECK (message.size == 2 && memcmp (message.payload, "{}", 2) == 0);
  CHECK (pf_wire_read (out->data + 11, 9, &message, &total) == PF_WIRE_COMPLETE);
  CHECK (message.element == 0x01020304 && message.size == 0);
  CHECK (pf_wire_read (out->data, 10, &message, &total) == PF_WIRE_MORE && total == 11);
  CHECK (pf_wire_read (out->data, 3, &message, &total) == PF_WIRE_MORE && total == 0);
  g_byte_array_unref (out);
}

static void
refuses_lengths (void)
{
  guint8 longest[] = {0, 0x40, 0, 0}, longer[] = {0, 0x40, 0, 1}, shorter[] = {0, 0, 0, 4};
  PfMessage message;
  gsize total;
  CHECK (pf_wire_read (longest, 4, &message, &total) == PF_WIRE_MORE);
  CHECK (pf_wire_read (longer, 4, &message, &total) == PF_WIRE_BROKEN);
  CHECK (pf_wire_read (shorter, 4, &message, &total) == PF_WIRE_BROKEN);
}

static void
hello_has_version (void)
{
  GByteArray *out = g_byte_array_new ();
  pf_wire_write_hello (out, "1.2");
  CHECK (out->len == 14 && memcmp (out->data, "\0\0\0\12\1\0\0\0\0\0\2" "1.2", 14) == 0);
  g_byte_array_unref (out);
}

static void
reads_packets (void)
{
  guint8 payload[] = {0, 2, 'a', 'b', 0, 0, 0, 1, 'c'}, *at = payload, *packet;
  gsize left = sizeof payload;
  guint16 size;
  gboolean broken = FALSE;
  CHECK (pf_wire_next_packet (&at, &left, &packet, &size, &broken) && size == 2);
  CHECK (packet[0] == 'a');
  CHECK (pf_wire_next_packet (&at, &left, &packet, &size, &broken) && size == 0);
  CHECK (pf_wire_next_packet (&at, &left, &packet, &size, &broken) && size == 1);
  CHECK (!pf_wire_next_packet (&at, &left, &packet, &size, &broken) && !broken);
  at = payload;
  left = 3;
  CHECK (!pf_wire_next_packet (&at, &left, &packet, &size, &broken) && broken);
  broken = FALSE;
  left = 1;
  CHECK (!pf_wire_next_packet (&at, &left, &packet, &size, &broken) && broken);
}

/* A stream of messages of sizes up to more than a block, fed in pieces; each one's buffer stays
 * what it was when the reader has gone on. */
static void
reader_takes_any_pieces (void)
{
  enum { MESSAGES = 60 };
  GByteArray *sent = g_byte_array_new ();
  for (guint i = 0; i < MESSAGES; i++) {
    gsize size = i % 20 == 19 ? 300000 : i * 977 % 20000;
    guint8 *payload = g_malloc (size + 1);
    memset (payload, (int) i, size);
    pf_wire_write (sent, PF_WIRE_EVENT, i, payload, size);
    g_free (payload);
  }
  PfReader reader = {0};
  GstBuffer *buffers[MESSAGES] = {NULL};
  guint received = 0;
  for (gsize at = 0, piece = 1; at < sent->len; piece = piece * 7 % 65521) {
    gsize space;
    guint8 *to = pf_reader_space (&reader, &space);
    CHECK (space > 0);
    gsize size = MIN (MIN (space, piece), sent->len - at);
    memcpy (to, sent->data + at, size);
    at += size;
    pf_reader_filled (&reader, size);
    PfMessage message;
    while (pf_reader_next (&reader, &message) == PF_WIRE_COMPLETE) {
      CHECK (message.element == received);
      if (message.size > 0)
        buffers[received] = pf_block_buffer (reader.block, message.payload, message.size);
      received++;
    }
  }
  pf_reader_clear (&reader);
  CHECK (received == MESSAGES);
  for (guint i = 0; i < MESSAGES; i++) {
    GstMapInfo map;
    if (buffers[i] == NULL)
      continue;
    CHECK (gst_buffer_map (buffers[i], &map, GST_MAP_READ));
    CHECK (map.data[0] == i && map.data[map.size - 1] == i);
    gst_buffer_unmap (buffers[i], &map);
    gst_buffer_unref (buffers[i]);
  }
  g_byte_array_unref (sent);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  writes_and_reads ();
  refuses_lengths ();
  hello_has_version ();
  reads_packets ();
  reader_takes_any_pieces ();
  return 0;
}
