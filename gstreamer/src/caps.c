/* The caps of tracks: as they go out, and when they change. */
#include "tracks_parts.h"

#include <string.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

GstCaps *
pf_pads_read_caps (const char *text)
{
  GstCaps *caps = text == NULL ? NULL : gst_caps_from_string (text);
  if (caps == NULL || !gst_caps_is_fixed (caps)
      || !gst_structure_has_name (gst_caps_get_structure (caps, 0), "application/x-rtp")) {
    gst_clear_caps (&caps);
    return NULL;
  }
  caps = gst_caps_make_writable (caps);
  gst_structure_remove_fields (gst_caps_get_structure (caps, 0), "ssrc", "seqnum-base",
      "clock-base", NULL);
  return caps;
}

void
pf_pads_take_clock_rate (PfPads *track)
{
  gint rate = 0;
  gst_structure_get_int (gst_caps_get_structure (track->caps, 0), "clock-rate", &rate);
  if (rate <= 0)
    rate = 90000;
  if (track->clock_rate != (guint32) rate)
    track->last_time = GST_CLOCK_TIME_NONE;
  track->clock_rate = (guint32) rate;
}

static const char *
encoding (GstCaps *caps)
{
  const char *name =
      gst_structure_get_string (gst_caps_get_structure (caps, 0), "encoding-name");
  return name == NULL ? "another codec" : name;
}

static void
note_change (PfTracks *tracks, GstCaps *before, GstCaps *now)
{
  if (strcmp (encoding (before), encoding (now)) == 0)
    return;
  g_free (tracks->change);
  char *text = g_strdup_printf ("%s in place of %s", encoding (now), encoding (before));
  tracks->change = g_strescape (text, NULL);
  g_free (text);
}

const char *
pf_tracks_change (PfTracks *tracks)
{
  return tracks->change;
}

void
pf_pads_change_caps (PfTracks *tracks, PfPads *track, GstCaps *caps)
{
  gint payload = 0;
  gst_structure_get_int (gst_caps_get_structure (track->caps, 0), "payload", &payload);
  gst_caps_set_simple (caps, "payload", G_TYPE_INT, payload, NULL);
  if (gst_caps_is_equal (caps, track->caps))
    return;
  GST_INFO_OBJECT (tracks->element, "caps changed to %" GST_PTR_FORMAT, caps);
  note_change (tracks, track->caps, caps);
  g_mutex_lock (&tracks->lock);
  gst_caps_replace (&track->caps, caps);
  g_mutex_unlock (&tracks->lock);
  pf_pads_take_clock_rate (track);
  /* It asks for them with the next packet, and sends one event downstream. */
  g_signal_emit_by_name (tracks->rtpbin, "clear-pt-map");
}
