/* Gives the packets of one track one SSRC, one payload type, and sequence numbers and timestamps
 * that go on, however often the camera or the process begins again: rtpbin makes a new pad for each
 * SSRC and payload type, and takes a jump of the sequence numbers for a broken sender. */
#ifndef PF_NUMBERS_H
#define PF_NUMBERS_H

#include <glib.h>

typedef struct {
  gboolean begun;
  gboolean again; /* the next packet is the first of a new process */
  guint32 ssrc;
  guint32 clock_rate;
  guint8 payload; /* of the first caps; all packets get it, also those of cameras that mix them up */
  guint16 sequence_offset, last_sequence; /* the highest */
  guint32 time_offset, last_time;         /* the highest */
  gint64 last_arrival;                    /* of the packet that had it; microseconds */
} PfNumbers;

/* Caps came, the first or others. */
void pf_numbers_caps (PfNumbers *numbers, guint8 payload, guint32 clock_rate);
/* Rewrites a packet where it lies; FALSE if it is not RTP. gap: the first after packets were lost;
 * arrival in microseconds. */
gboolean pf_numbers_packet (PfNumbers *numbers, guint8 *packet, gsize size, gboolean gap,
    gint64 arrival);
/* The packet that got this sequence number is dropped, with all that came after it: the next gap
 * begins there. */
void pf_numbers_withdraw (PfNumbers *numbers, guint16 sequence);
/* Rewrites the sender report and the source description of a compound RTCP packet and takes all
 * else out; the size that is left. */
gsize pf_numbers_report (const PfNumbers *numbers, guint8 *compound, gsize size);

#endif
