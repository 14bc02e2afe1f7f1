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

static GstFlowReturn
push_packets (PfTracks *tracks, PfPads *track, PfItem *item)
{
  GstBufferList *list = g_steal_pointer (&item->packets);
  GstClockTime arrival = running_time (tracks, item->clock);
  guint size = gst_buffer_list_length (list);
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

GstFlowReturn
pf_tracks_push (PfTracks *tracks, PfItem *item)
{
  PfPads *track = &tracks->tracks[item->track];
  if (!track->made)
    return GST_FLOW_OK;
  if (item->packets != NULL)
    return gst_flow_combiner_update_pad_flow (tracks->flows, track->rtp,
        push_packets (tracks, track, item));
  GstBuffer *report = g_steal_pointer (&item->report);
  GST_BUFFER_PTS (report) = GST_BUFFER_DTS (report) = running_time (tracks, item->clock);
  gst_pad_push (track->rtcp, report);
  return GST_FLOW_OK;
}
