/* The life of an element: its state changes. */
#include "source.h"

#include "host.h"
#include "signals.h"

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* Takes names. */
static void
warn_of (PhotofinishSrc *self, const char *what, char *names)
{
  if (names != NULL)
    GST_ELEMENT_WARNING (self, RESOURCE, SETTINGS, ("%s: %s", what, names), (NULL));
  g_free (names);
}

static void
warn_unsupported (PhotofinishSrc *self)
{
  if (self->warned)
    return;
  GST_OBJECT_LOCK (self);
  char *properties = pf_settings_unsupported (&self->settings);
  GST_OBJECT_UNLOCK (self);
  char *handlers = pf_signals_unsupported (GST_ELEMENT (self));
  self->warned = properties != NULL || handlers != NULL;
  warn_of (self, "Properties that photofinishsrc does not support are ignored", properties);
  warn_of (self, "Signals that photofinishsrc never emits have handlers", handlers);
}

/* The text of `open`, NULL without a location. */
static char *
make_open (PhotofinishSrc *self)
{
  GST_OBJECT_LOCK (self);
  const char *location =
      g_value_get_string (pf_settings_compat (&self->settings, PF_COMPAT_LOCATION));
  char *open =
      location == NULL || *location == 0 ? NULL : pf_settings_open (&self->settings);
  GST_OBJECT_UNLOCK (self);
  return open;
}

static GstElement *
make_rtpbin (PhotofinishSrc *self)
{
  /* The name that it has in rtspsrc. */
  GstElement *rtpbin = gst_element_factory_make ("rtpbin", "manager");
  if (rtpbin == NULL) {
    GST_ELEMENT_ERROR (self, CORE, MISSING_PLUGIN,
        ("There is no rtpbin: install GStreamer's good plugins"), (NULL));
    return NULL;
  }
  GST_OBJECT_LOCK (self);
  pf_settings_apply (&self->settings, rtpbin);
  GST_OBJECT_UNLOCK (self);
  gst_bin_add (GST_BIN (self), rtpbin);
  g_signal_emit_by_name (self, "new-manager", rtpbin);
  return rtpbin;
}

/* Prepares all and asks for the stream, without waiting for anything. */
static gboolean
start (PhotofinishSrc *self)
{
  char *open = make_open (self);
  if (open == NULL) {
    GST_ELEMENT_ERROR (self, RESOURCE, NOT_FOUND,
        ("No location: set the property location to the camera's address, rtsp://HOST/PATH"),
        (NULL));
    return FALSE;
  }
  PfStream *stream = pf_stream_new (open);
  g_free (open);
  GstElement *rtpbin = make_rtpbin (self);
  if (rtpbin == NULL) {
    pf_stream_unref (stream);
    return FALSE;
  }
  self->tracks = pf_tracks_new (GST_ELEMENT (self), rtpbin, stream);
  GST_OBJECT_LOCK (self);
  self->stream = stream;
  self->rtpbin = rtpbin;
  self->restarts = 0;
  GST_OBJECT_UNLOCK (self);
  self->ended = self->described = FALSE;
  warn_unsupported (self);
  return TRUE;
}

static void
open_stream (PhotofinishSrc *self)
{
  pf_parameters_open (self->parameters);
  pf_host_open (self->stream);
  self->thread = g_thread_new ("photofinishsrc", pf_source_run, self);
}

/* Lets all that waits return; the threads end while the children change their state. */
static void
stop (PhotofinishSrc *self)
{
  if (self->stream == NULL)
    return;
  pf_host_close (self->stream);
  pf_stream_stop (self->stream);
  pf_tracks_flush (self->tracks);
}

static void
clean_up (PhotofinishSrc *self)
{
  if (self->stream == NULL)
    return;
  if (self->thread != NULL)
    g_thread_join (g_steal_pointer (&self->thread));
  GST_OBJECT_LOCK (self);
  PfStream *stream = g_steal_pointer (&self->stream);
  GstElement *rtpbin = g_steal_pointer (&self->rtpbin);
  gst_clear_caps (&self->back_channel);
  GST_OBJECT_UNLOCK (self);
  gst_element_set_locked_state (rtpbin, TRUE);
  gst_element_set_state (rtpbin, GST_STATE_NULL);
  g_clear_pointer (&self->tracks, pf_tracks_free);
  gst_bin_remove (GST_BIN (self), rtpbin);
  pf_stream_unref (stream);
}

static void
play (PhotofinishSrc *self)
{
  GstClock *clock = gst_element_get_clock (GST_ELEMENT (self));
  if (pf_stream_play (self->stream, clock))
    pf_tracks_key_frames (self->tracks);
  gst_clear_object (&clock);
}

/* The element's own thread would wait for itself. */
static gboolean
may_stop (PhotofinishSrc *self)
{
  if (self->thread != g_thread_self ())
    return TRUE;
  g_warning ("%s cannot be stopped in its own thread, in which its messages on the bus are posted "
      "and select-stream is emitted: stop it in another one", GST_ELEMENT_NAME (self));
  return FALSE;
}

GstStateChangeReturn
pf_source_change_state (PhotofinishSrc *self, GstStateChange transition,
    PfChangeState change_children)
{
  GstElement *element = GST_ELEMENT (self);
  if (transition == GST_STATE_CHANGE_READY_TO_PAUSED && !start (self))
    return GST_STATE_CHANGE_FAILURE;
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY && !may_stop (self))
    return GST_STATE_CHANGE_FAILURE;
  if (transition == GST_STATE_CHANGE_PLAYING_TO_PAUSED)
    pf_stream_pause (self->stream);
  if (transition == GST_STATE_CHANGE_PAUSED_TO_READY)
    stop (self);
  GstStateChangeReturn result = change_children (element, transition);
  switch (transition) {
    case GST_STATE_CHANGE_READY_TO_PAUSED:
      if (result == GST_STATE_CHANGE_FAILURE) {
        pf_stream_stop (self->stream);
        clean_up (self);
        return result;
      }
      open_stream (self);
      return GST_STATE_CHANGE_NO_PREROLL;
    case GST_STATE_CHANGE_PAUSED_TO_PLAYING:
      play (self);
      return result;
    case GST_STATE_CHANGE_PLAYING_TO_PAUSED:
      return result == GST_STATE_CHANGE_FAILURE ? result : GST_STATE_CHANGE_NO_PREROLL;
    case GST_STATE_CHANGE_PAUSED_TO_READY:
      clean_up (self);
      return result;
    default:
      return result;
  }
}
