#include "block.h"

#include <string.h>

/* Large enough that the rest of a message that is copied to the next block does not matter, small
 * enough that one packet that somebody keeps does not hold much. */
#define BLOCK_SIZE (128u << 10)
/* No read is for less. */
#define LEAST_SPACE (8u << 10)

struct _PfBlock {
  gint references;
  gsize size;
  guint8 data[];
};

static PfBlock *
block_new (gsize size)
{
  PfBlock *block = g_malloc (sizeof (PfBlock) + size);
  block->references = 1;
  block->size = size;
  return block;
}

static void
block_unref (gpointer data)
{
  PfBlock *block = data;
  if (g_atomic_int_dec_and_test (&block->references))
    g_free (block);
}

GstBuffer *
pf_block_buffer (PfBlock *block, guint8 *data, gsize size)
{
  g_atomic_int_inc (&block->references);
  GstBuffer *buffer = gst_buffer_new ();
  gst_buffer_append_memory (buffer,
      gst_memory_new_wrapped (0, data, size, 0, size, block, block_unref));
  return buffer;
}

void
pf_reader_clear (PfReader *reader)
{
  g_clear_pointer (&reader->block, block_unref);
  reader->parsed = reader->filled = 0;
}

/* What the message that is incomplete needs in all, at least. */
static gsize
needed (PfReader *reader)
{
  PfMessage message;
  gsize total = 0;
  if (reader->block != NULL)
    pf_wire_read (reader->block->data + reader->parsed, reader->filled - reader->parsed, &message,
        &total);
  return MAX (total, reader->filled - reader->parsed + LEAST_SPACE);
}

guint8 *
pf_reader_space (PfReader *reader, gsize *size)
{
  gsize need = needed (reader);
  if (reader->block == NULL || reader->parsed + need > reader->block->size) {
    PfBlock *next = block_new (MAX (need, BLOCK_SIZE));
    gsize rest = reader->filled - reader->parsed;
    if (rest > 0)
      memcpy (next->data, reader->block->data + reader->parsed, rest);
    pf_reader_clear (reader);
    reader->block = next;
    reader->filled = rest;
  }
  *size = reader->block->size - reader->filled;
  return reader->block->data + reader->filled;
}

void
pf_reader_filled (PfReader *reader, gsize size)
{
  reader->filled += size;
}

PfWireResult
pf_reader_next (PfReader *reader, PfMessage *message)
{
  gsize total;
  if (reader->block == NULL)
    return PF_WIRE_MORE;
  PfWireResult result = pf_wire_read (reader->block->data + reader->parsed,
      reader->filled - reader->parsed, message, &total);
  if (result == PF_WIRE_COMPLETE)
    reader->parsed += total;
  return result;
}
