/* The messages between this plugin and its process, as docs/gstreamer-protocol.md has them. */
#ifndef PF_WIRE_H
#define PF_WIRE_H

#include <glib.h>

#define PF_WIRE_VERSION 2
/* Of all that follows the length. */
#define PF_WIRE_MAX_LENGTH (4u << 20)
/* Length, type and element. */
#define PF_WIRE_HEADER 9u

typedef enum {
  PF_WIRE_HELLO = 1,
  PF_WIRE_OPEN = 2,
  PF_WIRE_CLOSE = 3,
  PF_WIRE_KEY_FRAME = 4,
  PF_WIRE_GET_STATS = 5,
  PF_WIRE_PARAMETER = 6,
  PF_WIRE_TALK = 7,
  PF_WIRE_CERTIFICATE_ANSWER = 8,
  PF_WIRE_PROCESS_HELLO = 65,
  PF_WIRE_TRACKS = 66,
  PF_WIRE_PACKETS = 67,
  PF_WIRE_RTCP = 68,
  PF_WIRE_EVENT = 69,
  PF_WIRE_ERROR = 70,
  PF_WIRE_EOS = 71,
  PF_WIRE_CLOSED = 72,
  PF_WIRE_STATS = 73,
  PF_WIRE_DESCRIPTION = 74,
  PF_WIRE_PARAMETER_ANSWER = 75,
  PF_WIRE_BACK_CHANNEL = 76,
  PF_WIRE_CERTIFICATE = 77
} PfWireType;

/* Flag of `packets`: the first after a gap. */
#define PF_WIRE_GAP 1

typedef struct {
  guint8 type;
  guint32 element;
  guint8 *payload; /* in the memory that was read */
  gsize size;
} PfMessage;

typedef enum { PF_WIRE_MORE, PF_WIRE_COMPLETE, PF_WIRE_BROKEN } PfWireResult;

/* Reads the message at the beginning of data; total is what it takes there, also when it is not
 * complete yet but its length is known, else 0. */
PfWireResult pf_wire_read (guint8 *data, gsize size, PfMessage *message, gsize *total);

/* Takes the next packet from a `packets` payload behind its flags; FALSE at its end. broken is set
 * where a length goes beyond the payload. */
gboolean pf_wire_next_packet (guint8 **at, gsize *left, guint8 **packet, guint16 *size,
    gboolean *broken);

/* Appends a message to out. */
void pf_wire_write (GByteArray *out, PfWireType type, guint32 element, const void *payload,
    gsize size);
void pf_wire_write_hello (GByteArray *out, const char *version);

#endif
