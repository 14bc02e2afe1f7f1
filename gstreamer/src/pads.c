#include "pads.h"

#include "host.h"
#include "uri.h"

#include <stdio.h>

/* The data of a ghost pad that is the stream. */
#define STREAM "photofinish-stream"

GstStaticPadTemplate pf_pads_template = GST_STATIC_PAD_TEMPLATE ("stream_%u",
    GST_PAD_SRC, GST_PAD_SOMETIMES, GST_STATIC_CAPS ("application/x-rtp"));

static gboolean
answer_seeking (GstQuery *query)
{
  GstFormat format;
  gst_query_parse_seeking (query, &format, NULL, NULL, NULL);
  gst_query_set_seeking (query, format, FALSE, 0, -1);
  return TRUE;
}

/* Of the pads into rtpbin, where its jitter buffers ask what the source adds: nothing. */
static gboolean
inner_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_LATENCY:
      gst_query_set_latency (query, TRUE, 0, GST_CLOCK_TIME_NONE);
      return TRUE;
    case GST_QUERY_SEEKING:
      return answer_seeking (query);
    case GST_QUERY_CAPS:
    case GST_QUERY_ACCEPT_CAPS:
      return gst_pad_query_default (pad, parent, query);
    default:
      return FALSE;
  }
}

/* Nothing upstream of these pads wants an event. */
static gboolean
inner_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  (void) pad;
  (void) parent;
  gst_event_unref (event);
  return TRUE;
}

static gboolean
ghost_query (GstPad *pad, GstObject *parent, GstQuery *query)
{
  switch (GST_QUERY_TYPE (query)) {
    case GST_QUERY_SEEKING:
      return answer_seeking (query);
    case GST_QUERY_DURATION:
      return FALSE;
    case GST_QUERY_URI: {
      char *location = NULL;
      g_object_get (parent, "location", &location, NULL);
      gst_query_set_uri (query, location);
      g_free (location);
      return TRUE;
    }
    default:
      return gst_pad_query_default (pad, parent, query);
  }
}

static gboolean
ghost_event (GstPad *pad, GstObject *parent, GstEvent *event)
{
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK) {
    gst_event_unref (event);
    return FALSE;
  }
  if (GST_EVENT_TYPE (event) == GST_EVENT_CUSTOM_UPSTREAM
      && gst_event_has_name (event, "GstForceKeyUnit")) {
    guint number = 0;
    if (sscanf (GST_PAD_NAME (pad), "stream_%u", &number) == 1)
      pf_host_key_frame (g_object_get_data (G_OBJECT (pad), STREAM), (guint8) number);
    gst_event_unref (event);
    return TRUE;
  }
  return gst_pad_event_default (pad, parent, event);
}

static gboolean
copy_sticky_event (GstPad *pad, GstEvent **event, gpointer ghost)
{
  (void) pad;
  gst_pad_store_sticky_event (ghost, *event);
  return TRUE;
}

GstPad *
pf_pads_ghost (PfStream *stream, guint number, GstPad *target)
{
  char name[20];
  g_snprintf (name, sizeof name, "stream_%u", number);
  GstPadTemplate *template = gst_static_pad_template_get (&pf_pads_template);
  GstPad *ghost = gst_ghost_pad_new_from_template (name, target, template);
  gst_object_unref (template);
  g_object_set_data_full (G_OBJECT (ghost), STREAM, pf_stream_ref (stream),
      (GDestroyNotify) pf_stream_unref);
  gst_pad_set_event_function (ghost, ghost_event);
  gst_pad_set_query_function (ghost, ghost_query);
  gst_pad_set_active (ghost, TRUE);
  /* Handlers of pad-added ask for its current caps. */
  gst_pad_sticky_events_foreach (target, copy_sticky_event, ghost);
  return ghost;
}

static void
push_start (GstPad *inner, GstElement *element, PfStream *stream, guint number, const char *kind)
{
  char *location = NULL;
  g_object_get (element, "location", &location, NULL);
  char *camera = pf_location_id (location == NULL ? "" : location);
  char *id = g_strdup_printf ("%s/%s-%03u", camera, kind, number);
  GstEvent *start = gst_event_new_stream_start (id);
  gst_event_set_group_id (start, pf_stream_id (stream));
  g_free (id);
  g_free (camera);
  g_free (location);
  gst_pad_push_event (inner, start);
}

GstPad *
pf_pads_inner (GstElement *element, GstElement *rtpbin, PfStream *stream, guint number,
    const char *kind, GstCaps *caps, GstPad **sink)
{
  char name[32];
  g_snprintf (name, sizeof name, "recv_%s_sink_%u", kind, number);
  *sink = gst_element_request_pad_simple (rtpbin, name);
  if (*sink == NULL)
    return NULL;
  GstPad *inner = gst_object_ref_sink (gst_pad_new (kind, GST_PAD_SRC));
  gst_pad_set_query_function (inner, inner_query);
  gst_pad_set_event_function (inner, inner_event);
  gst_pad_set_active (inner, TRUE);
  gst_pad_link_full (inner, *sink, GST_PAD_LINK_CHECK_NOTHING);
  push_start (inner, element, stream, number, kind);
  gst_pad_push_event (inner, gst_event_new_caps (caps));
  GstSegment segment;
  gst_segment_init (&segment, GST_FORMAT_TIME);
  gst_pad_push_event (inner, gst_event_new_segment (&segment));
  return inner;
}
