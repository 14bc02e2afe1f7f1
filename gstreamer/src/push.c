/* Packets and reports on their way into rtpbin. */
#include "tracks_parts.h"

/* The flow of all tracks: one that is not linked does not matter while another one is. */
static GstFlowReturn
combine (PfTracks *tracks, PfPads *track, GstFlowReturn flow)
{
  track->flow = flow;
  if (flow != GST_FLOW_NOT_LINKED && flow != GST_FLOW_EOS)
    return flow;
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    if (tracks->tracks[i].made && tracks->tracks[i].flow != flow)
      return GST_FLOW_OK;
  return flow;
}

/* The running time at which something came. */
static GstClockTime
running_time (PfTracks *tracks, GstClockTime clock_time)
{
  if (!GST_CLOCK_TIME_IS_VALID (clock_time))
    return gst_element_get_current_running_time (tracks->element);
  GstClockTime base = gst_element_get_base_time (tracks->element);
  return clock_time > base ? clock_time - base : 0;
}

static GstFlowReturn
push_packets (PfTracks *tracks, PfPads *track, PfItem *item)
{
  GstBufferList *list = g_steal_pointer (&item->packets);
  GstClockTime time = running_time (tracks, item->clock);
  guint size = gst_buffer_list_length (list);
  for (guint i = 0; i < size; i++) {
    GstBuffer *buffer = gst_buffer_list_get_writable (list, i);
    GST_BUFFER_PTS (buffer) = GST_BUFFER_DTS (buffer) = time;
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
    return combine (tracks, track, push_packets (tracks, track, item));
  GstBuffer *report = g_steal_pointer (&item->report);
  GST_BUFFER_PTS (report) = GST_BUFFER_DTS (report) = running_time (tracks, item->clock);
  gst_pad_push (track->rtcp, report);
  return GST_FLOW_OK;
}
