#include "numbers.h"

#include "bytes.h"

#include <string.h>

#define RTP_HEADER 12u
#define SENDER_REPORT 200
#define SENDER_REPORT_SIZE 28u
#define SOURCE_DESCRIPTION 202

void
pf_numbers_caps (PfNumbers *numbers, guint8 payload, guint32 clock_rate)
{
  if (numbers->clock_rate == 0)
    numbers->payload = payload;
  numbers->clock_rate = clock_rate;
}

/* A packet that is so far behind begins another count; one less far is late, or of a picture that is
 * shown before others that were sent before it. */
#define MAX_LATE 100
#define MAX_LATE_SECONDS 1

/* Keeps the highest numbers, which what is sent next must be above. */
static void
keep_highest (PfNumbers *numbers, guint16 sequence, guint32 time, gint64 arrival)
{
  gint ahead = (gint16) (sequence - numbers->last_sequence);
  if (ahead >= 0 || ahead < -MAX_LATE)
    numbers->last_sequence = sequence;
  gint64 later = (gint32) (time - numbers->last_time);
  if (later < 0 && later >= -(gint64) MAX_LATE_SECONDS * numbers->clock_rate)
    return;
  numbers->last_time = time;
  numbers->last_arrival = arrival;
}

/* The timestamp that belongs to the arrival of a new process's first packet. */
static guint32
time_at (const PfNumbers *numbers, gint64 arrival)
{
  gint64 elapsed = MAX (arrival - numbers->last_arrival, 0);
  guint64 ticks = (guint64) elapsed * numbers->clock_rate / G_USEC_PER_SEC;
  return numbers->last_time + (guint32) MAX (ticks, 1);
}

gboolean
pf_numbers_packet (PfNumbers *numbers, guint8 *packet, gsize size, gboolean gap, gint64 arrival)
{
  if (size < RTP_HEADER || packet[0] >> 6 != 2)
    return FALSE;
  guint16 sequence = pf_read16 (packet + 2);
  guint32 time = pf_read32 (packet + 4);
  if (!numbers->begun) {
    numbers->begun = TRUE;
    numbers->ssrc = pf_read32 (packet + 8);
    numbers->last_sequence = sequence;
    numbers->last_time = time;
  } else {
    if (gap || numbers->again)
      numbers->sequence_offset = (guint16) (numbers->last_sequence + 1 - sequence);
    if (numbers->again)
      numbers->time_offset = time_at (numbers, arrival) - time;
  }
  numbers->again = FALSE;
  sequence = (guint16) (sequence + numbers->sequence_offset);
  time += numbers->time_offset;
  keep_highest (numbers, sequence, time, arrival);
  packet[1] = (guint8) ((packet[1] & 0x80) | numbers->payload);
  pf_write16 (packet + 2, sequence);
  pf_write32 (packet + 4, time);
  pf_write32 (packet + 8, numbers->ssrc);
  return TRUE;
}

void
pf_numbers_withdraw (PfNumbers *numbers, guint16 sequence)
{
  if ((gint16) (sequence - numbers->last_sequence) <= 0)
    numbers->last_sequence = (guint16) (sequence - 1);
}

gsize
pf_numbers_report (const PfNumbers *numbers, guint8 *compound, gsize size)
{
  gsize kept = 0;
  /* Before the first packet, also of a new process, nothing says what the numbers mean. */
  if (!numbers->begun || numbers->again)
    return 0;
  for (gsize at = 0; size - at >= 8 && compound[at] >> 6 == 2;) {
    guint8 *packet = compound + at;
    gsize length = 4 * ((gsize) pf_read16 (packet + 2) + 1);
    if (length > size - at)
      break;
    at += length;
    gboolean report = packet[1] == SENDER_REPORT && length >= SENDER_REPORT_SIZE;
    gboolean description = packet[1] == SOURCE_DESCRIPTION && (packet[0] & 0x1f) == 1;
    if (!(report && kept == 0) && !(description && kept > 0))
      continue;
    pf_write32 (packet + 4, numbers->ssrc);
    if (report)
      pf_write32 (packet + 16, pf_read32 (packet + 16) + numbers->time_offset);
    memmove (compound + kept, packet, length);
    kept += length;
  }
  return kept;
}
