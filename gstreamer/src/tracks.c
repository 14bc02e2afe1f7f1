#include "tracks_parts.h"

#include "host.h"
#include "pads.h"

#include <stdio.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* A track that sends nothing so long after the first pad does not keep no-more-pads back: playbin
 * and its like wait for it. */
#define SILENT_TRACK (3 * G_USEC_PER_SEC)

static GstCaps *
request_pt_map (GstElement *rtpbin, guint session, guint payload, gpointer data)
{
  PfTracks *tracks = data;
  GstCaps *caps = NULL;
  (void) rtpbin;
  g_mutex_lock (&tracks->lock);
  if (session < PF_MAX_TRACKS && tracks->tracks[session].caps != NULL)
    caps = gst_caps_ref (tracks->tracks[session].caps);
  g_mutex_unlock (&tracks->lock);
  GST_DEBUG_OBJECT (tracks->element, "payload type %u of track %u is %" GST_PTR_FORMAT, payload,
      session, caps);
  return caps;
}

/* Emits no-more-pads once all tracks have one. */
static void
announce (PfTracks *tracks, gboolean now)
{
  gboolean all = TRUE, some = FALSE;
  g_mutex_lock (&tracks->lock);
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    if (tracks->tracks[i].made) {
      all = all && tracks->tracks[i].ghost != NULL;
      some = some || tracks->tracks[i].ghost != NULL;
    }
  gboolean emit = !tracks->announced && some && (all || now);
  tracks->announced = tracks->announced || emit;
  g_mutex_unlock (&tracks->lock);
  if (emit)
    gst_element_no_more_pads (tracks->element);
}

static void
pad_added (GstElement *rtpbin, GstPad *pad, gpointer data)
{
  PfTracks *tracks = data;
  guint number, ssrc, payload;
  (void) rtpbin;
  if (sscanf (GST_PAD_NAME (pad), "recv_rtp_src_%u_%u_%u", &number, &ssrc, &payload) != 3
      || number >= PF_MAX_TRACKS)
    return;
  GST_DEBUG_OBJECT (tracks->element, "track %u: %" GST_PTR_FORMAT, number, pad);
  GstPad *ghost = pf_pads_ghost (tracks->stream, number, pad);
  g_mutex_lock (&tracks->lock);
  tracks->tracks[number].ghost = gst_object_ref (ghost);
  if (tracks->first_pad == 0)
    tracks->first_pad = g_get_monotonic_time ();
  g_mutex_unlock (&tracks->lock);
  gst_element_add_pad (tracks->element, ghost);
  announce (tracks, FALSE);
}

PfTracks *
pf_tracks_new (GstElement *element, GstElement *rtpbin, PfStream *stream)
{
  PfTracks *tracks = g_new0 (PfTracks, 1);
  tracks->element = element;
  tracks->rtpbin = rtpbin;
  tracks->stream = pf_stream_ref (stream);
  tracks->flows = gst_flow_combiner_new ();
  g_mutex_init (&tracks->lock);
  g_signal_connect (rtpbin, "request-pt-map", G_CALLBACK (request_pt_map), tracks);
  g_signal_connect (rtpbin, "pad-added", G_CALLBACK (pad_added), tracks);
  return tracks;
}

static void
free_inner (PfTracks *tracks, GstPad *inner, GstPad *sink)
{
  gst_pad_set_active (inner, FALSE);
  gst_pad_unlink (inner, sink);
  gst_object_unref (inner);
  gst_element_release_request_pad (tracks->rtpbin, sink);
  gst_object_unref (sink);
}

static void
free_track (PfTracks *tracks, PfPads *track)
{
  if (track->ghost != NULL) {
    gst_pad_set_active (track->ghost, FALSE);
    gst_element_remove_pad (tracks->element, track->ghost);
    gst_object_unref (track->ghost);
  }
  if (track->rtp != NULL)
    free_inner (tracks, track->rtp, track->rtp_sink);
  if (track->rtcp != NULL)
    free_inner (tracks, track->rtcp, track->rtcp_sink);
  gst_clear_caps (&track->caps);
}

void
pf_tracks_free (PfTracks *tracks)
{
  g_signal_handlers_disconnect_by_data (tracks->rtpbin, tracks);
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    free_track (tracks, &tracks->tracks[i]);
  gst_flow_combiner_free (tracks->flows);
  g_free (tracks->change);
  pf_stream_unref (tracks->stream);
  g_mutex_clear (&tracks->lock);
  g_free (tracks);
}

static void
set_probation (PfTracks *tracks, guint number)
{
  GObject *session = NULL;
  guint probation;
  g_object_get (tracks->element, "probation", &probation, NULL);
  g_signal_emit_by_name (tracks->rtpbin, "get-internal-session", number, &session);
  if (session != NULL)
    g_object_set (session, "probation", probation, NULL);
  g_clear_object (&session);
}

static void
make_track (PfTracks *tracks, guint number, GstCaps *caps)
{
  PfPads *track = &tracks->tracks[number];
  gboolean selected = TRUE;
  g_signal_emit_by_name (tracks->element, "select-stream", number, caps, &selected);
  GST_INFO_OBJECT (tracks->element, "track %u%s: %" GST_PTR_FORMAT, number,
      selected ? "" : " is not selected", caps);
  track->discont = TRUE;
  track->video =
      g_strcmp0 (gst_structure_get_string (gst_caps_get_structure (caps, 0), "media"), "video") == 0;
  g_mutex_lock (&tracks->lock);
  track->caps = gst_caps_ref (caps);
  g_mutex_unlock (&tracks->lock);
  pf_pads_take_clock_rate (track);
  if (!selected) {
    pf_stream_ignore (tracks->stream, number);
    return;
  }
  GstCaps *rtcp_caps = gst_caps_new_empty_simple ("application/x-rtcp");
  GstPad *rtp = pf_pads_inner (tracks->element, tracks->rtpbin, tracks->stream, number,
      "rtp", caps, &track->rtp_sink);
  GstPad *rtcp = pf_pads_inner (tracks->element, tracks->rtpbin, tracks->stream, number,
      "rtcp", rtcp_caps, &track->rtcp_sink);
  gst_caps_unref (rtcp_caps);
  set_probation (tracks, number);
  g_mutex_lock (&tracks->lock);
  track->rtp = rtp;
  track->rtcp = rtcp;
  track->made = rtp != NULL && rtcp != NULL;
  g_mutex_unlock (&tracks->lock);
  if (track->made)
    gst_flow_combiner_add_pad (tracks->flows, rtp);
}

void
pf_tracks_describe (PfTracks *tracks, const GstStructure *description)
{
  const GValue *list = gst_structure_get_value (description, "tracks");
  for (guint i = 0; i < gst_value_array_get_size (list); i++) {
    const GValue *value = gst_value_array_get_value (list, i);
    if (!GST_VALUE_HOLDS_STRUCTURE (value))
      continue;
    const GstStructure *fields = gst_value_get_structure (value);
    gint64 number = -1;
    gst_structure_get_int64 (fields, "track", &number);
    GstCaps *caps = pf_pads_read_caps (gst_structure_get_string (fields, "caps"));
    if (caps == NULL || number < 0 || number >= PF_MAX_TRACKS)
      GST_WARNING_OBJECT (tracks->element, "no caps: %" GST_PTR_FORMAT, fields);
    else if (tracks->tracks[number].caps == NULL)
      make_track (tracks, (guint) number, caps);
    else
      pf_pads_change_caps (tracks, &tracks->tracks[number], caps);
    gst_clear_caps (&caps);
  }
}

void
pf_tracks_tick (PfTracks *tracks)
{
  g_mutex_lock (&tracks->lock);
  gboolean silent = !tracks->announced && tracks->first_pad != 0
      && g_get_monotonic_time () - tracks->first_pad > SILENT_TRACK;
  g_mutex_unlock (&tracks->lock);
  if (silent)
    announce (tracks, TRUE);
}

/* References to the pads into rtpbin. */
static GList *
list_inner (PfTracks *tracks)
{
  GList *list = NULL;
  g_mutex_lock (&tracks->lock);
  for (guint i = 0; i < PF_MAX_TRACKS; i++) {
    if (tracks->tracks[i].rtp != NULL)
      list = g_list_prepend (list, gst_object_ref (tracks->tracks[i].rtp));
    if (tracks->tracks[i].rtcp != NULL)
      list = g_list_prepend (list, gst_object_ref (tracks->tracks[i].rtcp));
  }
  g_mutex_unlock (&tracks->lock);
  return list;
}

void
pf_tracks_end (PfTracks *tracks)
{
  GList *list = list_inner (tracks);
  for (GList *link = list; link != NULL; link = link->next)
    gst_pad_push_event (link->data, gst_event_new_eos ());
  g_list_free_full (list, gst_object_unref);
}

void
pf_tracks_flush (PfTracks *tracks)
{
  GList *list = list_inner (tracks);
  for (GList *link = list; link != NULL; link = link->next)
    gst_pad_set_active (link->data, FALSE);
  g_list_free_full (list, gst_object_unref);
}

void
pf_tracks_key_frames (PfTracks *tracks)
{
  for (guint i = 0; i < PF_MAX_TRACKS; i++) {
    g_mutex_lock (&tracks->lock);
    gboolean video = tracks->tracks[i].made && tracks->tracks[i].video;
    g_mutex_unlock (&tracks->lock);
    if (video)
      pf_host_key_frame (tracks->stream, (guint8) i);
  }
}
