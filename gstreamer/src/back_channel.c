#include "back_channel.h"

#include "host.h"

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* More than a packet of RTP that a camera takes has. */
#define MAX_PACKET (16u << 10)

void
pf_back_channel_describe (PhotofinishSrc *self, const GstStructure *description)
{
  const char *text = gst_structure_get_string (description, "caps");
  GstCaps *caps = text == NULL ? NULL : gst_caps_from_string (text);
  gint64 number = -1;
  gst_structure_get_int64 (description, "track", &number);
  if (caps == NULL || !gst_caps_is_fixed (caps) || number < 0 || number > G_MAXINT) {
    GST_WARNING_OBJECT (self, "no back channel: %" GST_PTR_FORMAT, description);
    gst_clear_caps (&caps);
    return;
  }
  GST_OBJECT_LOCK (self);
  gboolean known = self->back_channel != NULL && gst_caps_is_equal (self->back_channel, caps)
      && self->back_channel_number == (guint) number;
  GST_OBJECT_UNLOCK (self);
  gboolean selected = TRUE;
  if (!known) {
    g_signal_emit_by_name (self, "select-stream", (guint) number, caps, &selected);
    GST_INFO_OBJECT (self, "the camera takes audio%s: %" GST_PTR_FORMAT,
        selected ? "" : ", which is not selected", caps);
    GST_OBJECT_LOCK (self);
    gst_caps_replace (&self->back_channel, caps);
    self->back_channel_number = (guint) number;
    self->talks = selected;
    GST_OBJECT_UNLOCK (self);
  }
  gst_caps_unref (caps);
}

static GstFlowReturn
send (PfStream *stream, GstBuffer *buffer)
{
  GstMapInfo map;
  if (gst_buffer_get_size (buffer) > MAX_PACKET || !gst_buffer_map (buffer, &map, GST_MAP_READ))
    return GST_FLOW_ERROR;
  pf_host_talk (stream, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
  return GST_FLOW_OK;
}

GstFlowReturn
pf_back_channel_push (PhotofinishSrc *self, guint number, GstSample *sample)
{
  GST_OBJECT_LOCK (self);
  gboolean talks =
      self->back_channel != NULL && self->talks && self->back_channel_number == number;
  GST_OBJECT_UNLOCK (self);
  GstBuffer *buffer = sample == NULL ? NULL : gst_sample_get_buffer (sample);
  PfStream *stream = pf_source_ref_stream (self);
  GstFlowReturn flow = stream == NULL ? GST_FLOW_FLUSHING
      : !talks                        ? GST_FLOW_NOT_LINKED
      : buffer == NULL                ? GST_FLOW_ERROR
                                      : send (stream, buffer);
  if (stream != NULL)
    pf_stream_unref (stream);
  return flow;
}
