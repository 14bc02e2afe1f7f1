/* The element's own thread, between PAUSED and READY: hands on what came. */
#include "source.h"

#include "back_channel.h"
#include "bus.h"
#include "certificate.h"
#include "host.h"
#include "signals.h"

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

#define TICK (500 * G_TIME_SPAN_MILLISECOND)

/* Before the camera has described itself, an application cannot tell a wrong path from a camera that
 * is slow: the first retry says which. */
static void
warn_of_retry (PhotofinishSrc *self, const GstStructure *event)
{
  gint64 attempt;
  const char *reason = gst_structure_get_string (event, "reason");
  if (self->described || reason == NULL || !gst_structure_get_int64 (event, "attempt", &attempt)
      || attempt != 1)
    return;
  GST_ELEMENT_WARNING (self, RESOURCE, OPEN_READ, ("%s", reason),
      ("it is tried again as max-reconnection-attempts and the options of retries say"));
}

/* The process is being built, or the machine is busy. */
static void
warn_of_start (PhotofinishSrc *self, const GstStructure *event)
{
  const char *said = gst_structure_get_string (event, "said");
  GST_ELEMENT_WARNING (self, RESOURCE, BUSY,
      ("The photofinish process is not ready yet%s%s", said == NULL ? "" : "; it says: ",
          said == NULL ? "" : said),
      ("it is waited for"));
}

static void
on_event (PhotofinishSrc *self, PfItem *item)
{
  const char *event = gst_structure_get_string (item->structure, "event");
  gboolean restarted = g_strcmp0 (event, "process") == 0;
  GST_OBJECT_LOCK (self);
  if (g_strcmp0 (event, "race") == 0 && item->json != NULL) {
    g_free (self->last_race);
    self->last_race = g_strdup (item->json);
  }
  self->restarts += restarted;
  GST_OBJECT_UNLOCK (self);
  if (restarted)
    pf_parameters_fail (self->parameters, "the photofinish process ended before the answer came");
  if (g_strcmp0 (event, "starting") == 0)
    warn_of_start (self, item->structure);
  if (g_strcmp0 (event, "retry") == 0)
    warn_of_retry (self, item->structure);
  pf_bus_post_event (GST_ELEMENT (self), g_steal_pointer (&item->structure), item->json);
}

/* The stream is over: downstream finishes, and nothing more is pushed. */
static void
end (PhotofinishSrc *self)
{
  pf_tracks_end (self->tracks);
  self->ended = TRUE;
}

/* As end; but where there is no pad yet, and so nothing downstream, a program that waits for EOS, as
 * gst-launch-1.0 -e does, would wait for ever. */
static void
end_in_order (PhotofinishSrc *self)
{
  end (self);
  GST_OBJECT_LOCK (self);
  gboolean reached = GST_ELEMENT (self)->numsrcpads > 0;
  GST_OBJECT_UNLOCK (self);
  if (!reached)
    GST_ELEMENT_ERROR (self, RESOURCE, READ, ("The stream ended before any media came"), (NULL));
}

/* The pipeline does not take what comes. */
static void
post_flow_error (PhotofinishSrc *self, GstFlowReturn flow)
{
  const char *change = pf_tracks_change (self->tracks);
  if (flow == GST_FLOW_NOT_NEGOTIATED && change != NULL)
    GST_ELEMENT_ERROR (self, STREAM, FORMAT,
        ("The camera came back with %s, which this pipeline does not take: start it anew", change),
        (NULL));
  else
    GST_ELEMENT_FLOW_ERROR (self, flow);
}

static void
on_packets (PhotofinishSrc *self, PfItem *item)
{
  GstFlowReturn flow = pf_tracks_push (self->tracks, item);
  if (flow == GST_FLOW_OK)
    return;
  GST_DEBUG_OBJECT (self, "streaming stops: %s", gst_flow_get_name (flow));
  if (flow == GST_FLOW_NOT_LINKED || flow < GST_FLOW_EOS)
    post_flow_error (self, flow);
  if (flow == GST_FLOW_FLUSHING)
    self->ended = TRUE;
  else
    end (self);
}

static void
on_item (PhotofinishSrc *self, PfItem *item)
{
  switch (item->type) {
    case PF_ITEM_TRACKS:
      self->described = TRUE;
      pf_tracks_describe (self->tracks, item->structure);
      break;
    case PF_ITEM_PACKETS:
    case PF_ITEM_REPORT:
      on_packets (self, item);
      break;
    case PF_ITEM_EVENT:
      on_event (self, item);
      break;
    case PF_ITEM_DESCRIPTION:
      pf_signals_sdp (GST_ELEMENT (self), item->json);
      break;
    case PF_ITEM_BACK_CHANNEL:
      pf_back_channel_describe (self, item->structure);
      break;
    case PF_ITEM_ANSWER:
      pf_parameters_answer (self->parameters, item->number, item->structure);
      break;
    case PF_ITEM_CERTIFICATE:
      pf_host_certificate (self->stream, item->number,
          pf_certificate_accepted (self, item->structure));
      break;
    case PF_ITEM_ERROR:
      pf_bus_post_error (GST_ELEMENT (self), item->structure);
      end (self);
      break;
    case PF_ITEM_EOS:
      end_in_order (self);
      break;
    default:
      g_assert_not_reached ();
  }
}

gpointer
pf_source_run (gpointer data)
{
  PhotofinishSrc *self = data;
  while (!self->ended && !pf_stream_stopped (self->stream)) {
    PfItem *item = pf_stream_take (self->stream, g_get_monotonic_time () + TICK);
    if (item != NULL) {
      on_item (self, item);
      pf_item_free (item);
    }
    pf_tracks_tick (self->tracks);
  }
  pf_parameters_close (self->parameters);
  return NULL;
}
