#include "wire.h"

#include "bytes.h"

#include <string.h>

PfWireResult
pf_wire_read (guint8 *data, gsize size, PfMessage *message, gsize *total)
{
  *total = 0;
  if (size < 4)
    return PF_WIRE_MORE;
  guint32 length = pf_read32 (data);
  if (length < 5 || length > PF_WIRE_MAX_LENGTH)
    return PF_WIRE_BROKEN;
  *total = 4 + (gsize) length;
  if (size < *total)
    return PF_WIRE_MORE;
  message->type = data[4];
  message->element = pf_read32 (data + 5);
  message->payload = data + PF_WIRE_HEADER;
  message->size = *total - PF_WIRE_HEADER;
  return PF_WIRE_COMPLETE;
}

gboolean
pf_wire_next_packet (guint8 **at, gsize *left, guint8 **packet, guint16 *size, gboolean *broken)
{
  if (*left == 0)
    return FALSE;
  if (*left < 2 || pf_read16 (*at) > *left - 2) {
    *broken = TRUE;
    return FALSE;
  }
  *size = pf_read16 (*at);
  *packet = *at + 2;
  *at += 2 + *size;
  *left -= 2u + *size;
  return TRUE;
}

void
pf_wire_write (GByteArray *out, PfWireType type, guint32 element, const void *payload, gsize size)
{
  g_assert (size <= PF_WIRE_MAX_LENGTH - 5);
  guint32 length = GUINT32_TO_BE ((guint32) size + 5);
  guint8 type8 = (guint8) type;
  guint32 element_be = GUINT32_TO_BE (element);
  g_byte_array_append (out, (const guint8 *) &length, 4);
  g_byte_array_append (out, &type8, 1);
  g_byte_array_append (out, (const guint8 *) &element_be, 4);
  if (size > 0)
    g_byte_array_append (out, payload, (guint) size);
}

void
pf_wire_write_hello (GByteArray *out, const char *version)
{
  gsize length = strlen (version);
  guint8 *payload = g_malloc (2 + length);
  payload[0] = 0;
  payload[1] = PF_WIRE_VERSION;
  memcpy (payload + 2, version, length);
  pf_wire_write (out, PF_WIRE_HELLO, 0, payload, 2 + length);
  g_free (payload);
}
