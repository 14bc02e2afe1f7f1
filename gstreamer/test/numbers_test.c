/* The numbers of packets and reports over gaps and new processes. */
#include "check.h"
#include "numbers.h"

static guint8 *
packet (guint16 sequence, guint32 time, guint32 ssrc, guint8 payload)
{
  static guint8 data[12];
  data[0] = 0x80;
  data[1] = payload;
  GST_WRITE_UINT16_BE (data + 2, sequence);
  GST_WRITE_UINT32_BE (data + 4, time);
  GST_WRITE_UINT32_BE (data + 8, ssrc);
  return data;
}

static void
check_packet (const guint8 *data, guint16 sequence, guint32 time, guint32 ssrc, guint8 payload)
{
  CHECK (GST_READ_UINT16_BE (data + 2) == sequence);
  CHECK (GST_READ_UINT32_BE (data + 4) == time);
  CHECK (GST_READ_UINT32_BE (data + 8) == ssrc);
  CHECK (data[1] == payload);
}

static void
leaves_the_first_process_as_it_is (void)
{
  PfNumbers numbers = {0};
  pf_numbers_caps (&numbers, 96, 90000);
  guint8 *data = packet (65535, 4294967295u, 7, 0x80 | 96);
  CHECK (pf_numbers_packet (&numbers, data, 12, TRUE, 0));
  check_packet (data, 65535, 4294967295u, 7, 0x80 | 96);
  data = packet (2, 5, 7, 96); /* two are lost */
  CHECK (pf_numbers_packet (&numbers, data, 12, FALSE, 0));
  check_packet (data, 2, 5, 7, 96);
}

static void
closes_gaps_of_the_sequence_only (void)
{
  PfNumbers numbers = {0};
  pf_numbers_caps (&numbers, 96, 90000);
  pf_numbers_packet (&numbers, packet (10, 1000, 7, 96), 12, FALSE, 0);
  guint8 *data = packet (500, 91000, 7, 96);
  pf_numbers_packet (&numbers, data, 12, TRUE, 0);
  check_packet (data, 11, 91000, 7, 96);
  data = packet (501, 91001, 7, 96);
  pf_numbers_packet (&numbers, data, 12, FALSE, 0);
  check_packet (data, 12, 91001, 7, 96);
}

static void
goes_on_in_a_new_process (void)
{
  PfNumbers numbers = {0};
  pf_numbers_caps (&numbers, 96, 90000);
  pf_numbers_packet (&numbers, packet (10, 1000, 7, 96), 12, FALSE, 5000000);
  numbers.again = TRUE;
  pf_numbers_caps (&numbers, 97, 90000);
  guint8 *data = packet (60000, 3000000000u, 8, 0x80 | 97);
  pf_numbers_packet (&numbers, data, 12, TRUE, 7000000); /* 2 s later */
  check_packet (data, 11, 181000, 7, 0x80 | 96);
  data = packet (60001, 3000000010u, 8, 97);
  pf_numbers_packet (&numbers, data, 12, FALSE, 7000000);
  check_packet (data, 12, 181010, 7, 96);
}

static void
late_packets_do_not_turn_the_numbers_back (void)
{
  PfNumbers numbers = {0};
  pf_numbers_caps (&numbers, 96, 90000);
  pf_numbers_packet (&numbers, packet (65535, 90000, 7, 96), 12, FALSE, 1000000);
  pf_numbers_packet (&numbers, packet (1, 99000, 7, 96), 12, FALSE, 1100000);
  guint8 *data = packet (0, 93000, 7, 96);
  pf_numbers_packet (&numbers, data, 12, FALSE, 1100000);
  check_packet (data, 0, 93000, 7, 96);
  numbers.again = TRUE;
  data = packet (500, 5, 8, 96);
  pf_numbers_packet (&numbers, data, 12, TRUE, 1200000); /* 100 ms later */
  check_packet (data, 2, 108000, 7, 96);
}

static void
a_camera_may_count_from_elsewhere (void)
{
  PfNumbers numbers = {0};
  pf_numbers_caps (&numbers, 96, 90000);
  pf_numbers_packet (&numbers, packet (5000, 900000, 7, 96), 12, FALSE, 0);
  pf_numbers_packet (&numbers, packet (10, 1000, 7, 96), 12, FALSE, 0);
  guint8 *data = packet (700, 5000, 7, 96);
  pf_numbers_packet (&numbers, data, 12, TRUE, 0);
  check_packet (data, 11, 5000, 7, 96);
}

static void
all_packets_have_one_payload_type (void)
{
  PfNumbers numbers = {0};
  pf_numbers_caps (&numbers, 96, 90000);
  guint8 *data = packet (10, 1000, 7, 0x80 | 13);
  pf_numbers_packet (&numbers, data, 12, FALSE, 0);
  check_packet (data, 10, 1000, 7, 0x80 | 96);
}

static void
refuses_what_is_not_rtp (void)
{
  PfNumbers numbers = {0};
  guint8 *data = packet (1, 2, 3, 4);
  CHECK (!pf_numbers_packet (&numbers, data, 11, FALSE, 0));
  data[0] = 0x40;
  CHECK (!pf_numbers_packet (&numbers, data, 12, FALSE, 0));
}

/* SR of ssrc 9 with time 3000000100, SDES, BYE. */
static const guint8 compound[] = {0x80, 200, 0, 6, 0, 0, 0, 9, 1, 2, 3, 4, 5, 6, 7, 8, 0xb2, 0xd0,
  0x5e, 0x64, 0, 0, 0, 1, 0, 0, 0, 1, 0x81, 202, 0, 2, 0, 0, 0, 9, 1, 1, 'c', 0, 0x81, 203, 0, 1, 0,
  0, 0, 9};

static void
rewrites_reports (void)
{
  PfNumbers numbers = {0};
  guint8 data[sizeof compound];
  memcpy (data, compound, sizeof data);
  pf_numbers_caps (&numbers, 96, 90000);
  CHECK (pf_numbers_report (&numbers, data, sizeof data) == 0); /* before the first packet */
  pf_numbers_packet (&numbers, packet (10, 1000, 7, 96), 12, FALSE, 0);
  numbers.again = TRUE;
  CHECK (pf_numbers_report (&numbers, data, sizeof data) == 0);
  pf_numbers_packet (&numbers, packet (1, 3000000000u, 9, 96), 12, TRUE, 1000000);
  CHECK (pf_numbers_report (&numbers, data, sizeof data) == 40); /* without the BYE */
  CHECK (GST_READ_UINT32_BE (data + 4) == 7);
  CHECK (memcmp (data + 8, compound + 8, 8) == 0);
  CHECK (GST_READ_UINT32_BE (data + 16) == 91100);
  CHECK (GST_READ_UINT32_BE (data + 32) == 7);
}

static void
takes_reports_of_any_length (void)
{
  PfNumbers numbers = {0};
  pf_numbers_caps (&numbers, 96, 90000);
  pf_numbers_packet (&numbers, packet (10, 1000, 7, 96), 12, FALSE, 0);
  for (gsize size = 0; size <= sizeof compound; size++) {
    guint8 *data = g_memdup2 (compound, size);
    gsize kept = pf_numbers_report (&numbers, data, size);
    CHECK (kept == (size < 28 ? 0 : size < 40 ? 28 : 40));
    g_free (data);
  }
}

int
main (void)
{
  leaves_the_first_process_as_it_is ();
  closes_gaps_of_the_sequence_only ();
  goes_on_in_a_new_process ();
  late_packets_do_not_turn_the_numbers_back ();
  a_camera_may_count_from_elsewhere ();
  all_packets_have_one_payload_type ();
  refuses_what_is_not_rtp ();
  rewrites_reports ();
  takes_reports_of_any_length ();
  return 0;
}
