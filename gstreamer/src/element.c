#include "element.h"

#include "host.h"
#include "pads.h"
#include "signals.h"
#include "source.h"
#include "uri.h"

#include <string.h>

GST_DEBUG_CATEGORY_EXTERN (photofinish_debug);
#define GST_CAT_DEFAULT photofinish_debug

/* How long a reader of stats waits for the process. */
#define STATS_WAIT (250 * G_TIME_SPAN_MILLISECOND)

enum { SIGNAL_SELECT_STREAM, SIGNAL_NEW_MANAGER, SIGNALS };
static guint signals[SIGNALS];

typedef struct {
  GstBinClass parent_class;
  gboolean (*select_stream) (PhotofinishSrc *self, guint number, GstCaps *caps);
} PhotofinishSrcClass;

static void uri_handler_init (gpointer interface, gpointer data);

G_DEFINE_TYPE_WITH_CODE (PhotofinishSrc, pf_source, GST_TYPE_BIN,
    G_IMPLEMENT_INTERFACE (GST_TYPE_URI_HANDLER, uri_handler_init))

#define PF_SOURCE(object) ((PhotofinishSrc *) (object))

PfStream *
pf_source_ref_stream (PhotofinishSrc *self)
{
  GST_OBJECT_LOCK (self);
  PfStream *stream = self->stream == NULL ? NULL : pf_stream_ref (self->stream);
  GST_OBJECT_UNLOCK (self);
  return stream;
}

static GstStateChangeReturn
change_state (GstElement *element, GstStateChange transition)
{
  return pf_source_change_state (PF_SOURCE (element), transition,
      GST_ELEMENT_CLASS (pf_source_parent_class)->change_state);
}

/* EOS from the application ends all tracks, as it does of rtspsrc: recordings are finished by it. */
static gboolean
send_event (GstElement *element, GstEvent *event)
{
  PhotofinishSrc *self = PF_SOURCE (element);
  if (GST_EVENT_TYPE (event) == GST_EVENT_SEEK) {
    gst_event_unref (event);
    return FALSE;
  }
  if (GST_EVENT_TYPE (event) != GST_EVENT_EOS)
    return GST_ELEMENT_CLASS (pf_source_parent_class)->send_event (element, event);
  gst_event_unref (event);
  PfStream *stream = pf_source_ref_stream (self);
  if (stream == NULL)
    return FALSE;
  pf_stream_end (stream);
  pf_stream_unref (stream);
  return TRUE;
}

/* Properties */

static GstStructure *
make_stats (PhotofinishSrc *self)
{
  PfStream *stream = pf_source_ref_stream (self);
  GstStructure *stats = NULL;
  if (stream != NULL) {
    guint32 number = pf_stream_ask (stream);
    pf_host_get_stats (stream, number);
    stats = pf_stream_answer (stream, number, STATS_WAIT);
    pf_stream_unref (stream);
  }
  if (stats == NULL)
    stats = gst_structure_new_empty ("application/x-photofinish-stats");
  GST_OBJECT_LOCK (self);
  gst_structure_set (stats, "process", G_TYPE_INT, pf_host_process (), "process-restarts",
      G_TYPE_UINT, self->restarts, NULL);
  GST_OBJECT_UNLOCK (self);
  return stats;
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  PhotofinishSrc *self = PF_SOURCE (object);
  if (id < pf_settings_end ()) {
    GST_OBJECT_LOCK (self);
    pf_settings_get (&self->settings, id, value);
    GST_OBJECT_UNLOCK (self);
  } else if (strcmp (spec->name, "stats") == 0) {
    g_value_take_boxed (value, make_stats (self));
  } else if (strcmp (spec->name, "last-race") == 0) {
    GST_OBJECT_LOCK (self);
    g_value_set_string (value, self->last_race);
    GST_OBJECT_UNLOCK (self);
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

/* What rtpbin has is changed at once; all else is taken up with the next change to PAUSED. */
static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  PhotofinishSrc *self = PF_SOURCE (object);
  (void) spec;
  GST_OBJECT_LOCK (self);
  pf_settings_set (&self->settings, id, value);
  GstElement *rtpbin = self->rtpbin == NULL ? NULL : gst_object_ref (self->rtpbin);
  GST_OBJECT_UNLOCK (self);
  if (rtpbin != NULL)
    pf_settings_change (id, value, rtpbin);
  gst_clear_object (&rtpbin);
}

static gboolean
select_stream_default (PhotofinishSrc *self, guint number, GstCaps *caps)
{
  (void) self;
  (void) number;
  (void) caps;
  return TRUE;
}

/* Every stream is selected unless a handler says no. */
static gboolean
select_stream_accumulate (GSignalInvocationHint *hint, GValue *sum, const GValue *value,
    gpointer data)
{
  (void) hint;
  (void) data;
  g_value_copy (value, sum);
  return g_value_get_boolean (value);
}

static void
pf_source_finalize (GObject *object)
{
  PhotofinishSrc *self = PF_SOURCE (object);
  pf_settings_clear (&self->settings);
  pf_parameters_free (self->parameters);
  g_free (self->last_race);
  G_OBJECT_CLASS (pf_source_parent_class)->finalize (object);
}

static void
pf_source_init (PhotofinishSrc *self)
{
  pf_settings_init (&self->settings);
  self->parameters = pf_parameters_new ();
  GST_OBJECT_FLAG_SET (self, GST_ELEMENT_FLAG_SOURCE);
  gst_bin_set_suppressed_flags (GST_BIN (self), GST_ELEMENT_FLAG_SOURCE | GST_ELEMENT_FLAG_SINK);
}

static void
pf_source_class_init (PhotofinishSrcClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GstElementClass *element = GST_ELEMENT_CLASS (klass);
  object->get_property = get_property;
  object->set_property = set_property;
  object->finalize = pf_source_finalize;
  element->change_state = change_state;
  element->send_event = send_event;
  klass->select_stream = select_stream_default;

  pf_settings_install (object);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  g_object_class_install_property (object, pf_settings_end (),
      g_param_spec_boxed ("stats", "stats",
          "State, outages and what each track received; from photofinish", GST_TYPE_STRUCTURE,
          flags));
  g_object_class_install_property (object, pf_settings_end () + 1,
      g_param_spec_string ("last-race", "last-race", "The report of the last race, JSON", NULL,
          flags));

  signals[SIGNAL_SELECT_STREAM] = g_signal_new ("select-stream", G_TYPE_FROM_CLASS (klass),
      G_SIGNAL_RUN_FIRST, G_STRUCT_OFFSET (PhotofinishSrcClass, select_stream),
      select_stream_accumulate, NULL, NULL, G_TYPE_BOOLEAN, 2, G_TYPE_UINT, GST_TYPE_CAPS);
  signals[SIGNAL_NEW_MANAGER] = g_signal_new ("new-manager", G_TYPE_FROM_CLASS (klass),
      G_SIGNAL_RUN_FIRST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, GST_TYPE_ELEMENT);
  pf_signals_install (G_TYPE_FROM_CLASS (klass));

  gst_element_class_add_static_pad_template (element, &pf_pads_template);
  gst_element_class_set_static_metadata (element, "Photofinish RTSP source", "Source/Network",
      "Receives a camera's RTSP stream through racing connections, and keeps it up",
      "The authors of Photofinish");
}

/* URI handler */

static GstURIType
uri_type (GType type)
{
  (void) type;
  return GST_URI_SRC;
}

static const gchar *const *
uri_protocols (GType type)
{
  static const gchar *const protocols[] = {"photofinish", "photofinishs", NULL};
  (void) type;
  return protocols;
}

static gchar *
get_uri (GstURIHandler *handler)
{
  PhotofinishSrc *self = PF_SOURCE (handler);
  GST_OBJECT_LOCK (self);
  const char *location =
      g_value_get_string (pf_settings_compat (&self->settings, PF_COMPAT_LOCATION));
  char *uri = location == NULL ? NULL : pf_location_uri (location);
  GST_OBJECT_UNLOCK (self);
  return uri;
}

static gboolean
set_uri (GstURIHandler *handler, const gchar *uri, GError **error)
{
  PhotofinishSrc *self = PF_SOURCE (handler);
  GstUri *parsed = gst_uri_from_string (uri);
  const char *host = parsed == NULL ? NULL : gst_uri_get_host (parsed);
  gboolean good = host != NULL && *host != 0;
  g_clear_pointer (&parsed, gst_uri_unref);
  if (!good) {
    g_set_error (error, GST_URI_ERROR, GST_URI_ERROR_BAD_URI,
        "no host in the address: expected photofinish://HOST[:PORT]/PATH");
    return FALSE;
  }
  GST_OBJECT_LOCK (self);
  pf_settings_set_location (&self->settings, uri);
  GST_OBJECT_UNLOCK (self);
  return TRUE;
}

static void
uri_handler_init (gpointer interface, gpointer data)
{
  GstURIHandlerInterface *handler = interface;
  (void) data;
  handler->get_type = uri_type;
  handler->get_protocols = uri_protocols;
  handler->get_uri = get_uri;
  handler->set_uri = set_uri;
}
