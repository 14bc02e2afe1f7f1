/* Memory that the socket is read into. Packets stay where they were read: their buffers hold a
 * reference to the block, which is freed with the last of them. */
#ifndef PF_BLOCK_H
#define PF_BLOCK_H

#include "wire.h"

#include <gst/gst.h>

typedef struct _PfBlock PfBlock;

typedef struct {
  PfBlock *block;
  gsize parsed; /* what lies before it was handed out */
  gsize filled;
} PfReader;

/* A buffer of size octets at data, which lies in the block. */
GstBuffer *pf_block_buffer (PfBlock *block, guint8 *data, gsize size);

void pf_reader_clear (PfReader *reader);
/* Where the next octets of the socket go. */
guint8 *pf_reader_space (PfReader *reader, gsize *size);
void pf_reader_filled (PfReader *reader, gsize size);
/* The next message that is complete; it is valid until pf_reader_space. */
PfWireResult pf_reader_next (PfReader *reader, PfMessage *message);

#endif
