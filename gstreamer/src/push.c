/* Packets and reports on their way into rtpbin. */
#include "tracks_parts.h"

/* The running time at which something came. */
static GstClockTime
running_time (PfTracks *tracks, GstClockTime clock_time)
{
  if (!GST_CLOCK_TIME_IS_VALID (clock_time))
    return gst_element_get_current_running_time (tracks->element);
  GstClockTime base = gst_element_get_base_time (tracks->element);
  return clock_time > base ? clock_time - base : 0;
}

/* rtpbin begins its clock again where packets run a second ahead of their arrival, as after a late
 * first packet of a new connection, and then time goes back. Arrivals that lie close together are
 * drawn out so that they keep up: to 7/8 of what the timestamps say, so that they are caught up
 * with in turn. What is further ahead is no burst, but a clock that is wrong. */
#define MAX_AHEAD (10 * GST_SECOND)

/* The arrival of a packet as rtpbin is to see it. */
static GstClockTime
draw_out (PfPads *track, GstBuffer *packet, GstClockTime arrival)
{
  guint32 rtp = 0;
  GstClockTime time = arrival;
  gst_buffer_extract (packet, 4, &rtp, sizeof rtp);
  rtp = GUINT32_FROM_BE (rtp);
  if (GST_CLOCK_TIME_IS_VALID (track->last_time)) {
    gint64 rate = track->clock_rate, step = (gint32) (rtp - track->last_rtp);
    step = step < -rate ? 0 : MIN (step, rate);
    gint64 drawn = (gint64) track->last_time + step * (gint64) (GST_SECOND * 7 / 8) / rate;
    if (drawn > (gint64) arrival && drawn - (gint64) arrival < (gint64) MAX_AHEAD)
      time = (GstClockTime) drawn;
  }
  track->last_rtp = rtp;
  track->last_time = time;
  return time;
}

/* Says which packet is the first: rtpbin's jitter buffer would wait as long as its latency for one
 * that comes before it. */
static void
announce_first (PfPads *track, GstBuffer *first)
{
  guint16 sequence = 0;
  gst_buffer_extract (first, 2, &sequence, sizeof sequence);
  GstCaps *caps = gst_caps_copy (track->caps);
  gst_caps_set_simple (caps, "seqnum-base", G_TYPE_UINT, (guint) GUINT16_FROM_BE (sequence), NULL);
  gst_pad_push_event (track->rtp, gst_event_new_caps (caps));
  gst_caps_unref (caps);
  track->announced = TRUE;
}

static GstFlowReturn
push_packets (PfTracks *tracks, PfPads *track, PfItem *item)
{
  GstBufferList *list = g_steal_pointer (&item->packets);
  GstClockTime arrival = running_time (tracks, item->clock);
  guint size = gst_buffer_list_length (list);
  if (!track->announced)
    announce_first (track, gst_buffer_list_get (list, 0));
  for (guint i = 0; i < size; i++) {
    GstBuffer *buffer = gst_buffer_list_get_writable (list, i);
    GST_BUFFER_PTS (buffer) = GST_BUFFER_DTS (buffer) = draw_out (track, buffer, arrival);
  }
  if (item->gap || track->discont)
    GST_BUFFER_FLAG_SET (gst_buffer_list_get_writable (list, 0), GST_BUFFER_FLAG_DISCONT);
  track->discont = FALSE;
  if (size > 1)
    return gst_pad_push_list (track->rtp, list);
  GstBuffer *only = gst_buffer_ref (gst_buffer_list_get (list, 0));
  gst_buffer_list_unref (list);
  return gst_pad_push (track->rtp, only);
}

/* A camera that is joined between two key frames sends audio first. Whoever links what comes first, as
 * `photofinishsrc ! decodebin ! videoconvert` does, expects the video that the camera describes first:
 * what comes of other tracks before it is dropped, for so long at most. */
#define VIDEO_WAIT (5 * G_USEC_PER_SEC)
/* For its pad to be made from its first packets. */
#define PAD_WAIT (G_USEC_PER_SEC / 4)

static gboolean
waits_for_video (PfTracks *tracks, guint number)
{
  gint64 now = g_get_monotonic_time ();
  if (tracks->first_packet == 0)
    tracks->first_packet = now;
  gboolean waits = FALSE;
  g_mutex_lock (&tracks->lock);
  for (guint i = 0; i < number && now - tracks->first_packet < VIDEO_WAIT; i++) {
    PfPads *before = &tracks->tracks[i];
    waits = waits
        || (before->made && before->video && before->ghost == NULL
            && (before->begun == 0 || now - before->begun < PAD_WAIT));
  }
  g_mutex_unlock (&tracks->lock);
  return waits;
}

GstFlowReturn
pf_tracks_push (PfTracks *tracks, PfItem *item)
{
  PfPads *track = &tracks->tracks[item->track];
  if (!track->made || (track->begun == 0 && waits_for_video (tracks, item->track)))
    return GST_FLOW_OK;
  if (track->begun == 0)
    track->begun = g_get_monotonic_time ();
  if (item->packets != NULL)
    return gst_flow_combiner_update_pad_flow (tracks->flows, track->rtp,
        push_packets (tracks, track, item));
  GstBuffer *report = g_steal_pointer (&item->report);
  GST_BUFFER_PTS (report) = GST_BUFFER_DTS (report) = running_time (tracks, item->clock);
  gst_pad_push (track->rtcp, report);
  return GST_FLOW_OK;
}
