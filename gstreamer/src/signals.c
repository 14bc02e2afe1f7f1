#include "signals.h"

#include <gio/gio.h>
#include <gst/rtsp/rtsp.h>
#include <gst/sdp/sdp.h>

enum { HANDLE_REQUEST, ON_SDP, REQUEST_RTCP_KEY, ACCEPT_CERTIFICATE, BEFORE_SEND, COUNT };

static guint signals[COUNT];

/* Says once of each action that it does nothing. */
static void
refuse (GstElement *element, const char *action)
{
  if (g_object_get_data (G_OBJECT (element), action) != NULL)
    return;
  g_object_set_data (G_OBJECT (element), action, element);
  GST_ELEMENT_WARNING (element, RESOURCE, SETTINGS,
      ("photofinishsrc does not support the action %s: nothing is sent to the camera", action),
      (NULL));
}

/* A caller that waits for an answer hears that none comes. */
static gboolean
refuse_parameter (GstElement *element, const char *action, GstPromise *promise)
{
  refuse (element, action);
  if (promise != NULL)
    gst_promise_expire (promise);
  return FALSE;
}

static gboolean
get_parameter (GstElement *element, const char *name, const char *content_type,
    GstPromise *promise)
{
  (void) name;
  (void) content_type;
  return refuse_parameter (element, "get-parameter", promise);
}

static gboolean
get_parameters (GstElement *element, char **names, const char *content_type, GstPromise *promise)
{
  (void) names;
  (void) content_type;
  return refuse_parameter (element, "get-parameters", promise);
}

static gboolean
set_parameter (GstElement *element, const char *name, const char *value, const char *content_type,
    GstPromise *promise)
{
  (void) name;
  (void) value;
  (void) content_type;
  return refuse_parameter (element, "set-parameter", promise);
}

static GstFlowReturn
push_backchannel_buffer (GstElement *element, guint stream, GstSample *sample)
{
  (void) stream;
  (void) sample;
  refuse (element, "push-backchannel-buffer");
  return GST_FLOW_NOT_SUPPORTED;
}

static GstFlowReturn
push_backchannel_sample (GstElement *element, guint stream, GstSample *sample)
{
  (void) stream;
  (void) sample;
  refuse (element, "push-backchannel-sample");
  return GST_FLOW_NOT_SUPPORTED;
}

static void
install_actions (GType type)
{
  GSignalFlags action = G_SIGNAL_RUN_LAST | G_SIGNAL_ACTION;
  g_signal_new_class_handler ("get-parameter", type, action, G_CALLBACK (get_parameter), NULL,
      NULL, NULL, G_TYPE_BOOLEAN, 3, G_TYPE_STRING, G_TYPE_STRING, GST_TYPE_PROMISE);
  g_signal_new_class_handler ("get-parameters", type, action, G_CALLBACK (get_parameters), NULL,
      NULL, NULL, G_TYPE_BOOLEAN, 3, G_TYPE_STRV, G_TYPE_STRING, GST_TYPE_PROMISE);
  g_signal_new_class_handler ("set-parameter", type, action, G_CALLBACK (set_parameter), NULL,
      NULL, NULL, G_TYPE_BOOLEAN, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_STRING,
      GST_TYPE_PROMISE);
  g_signal_new_class_handler ("push-backchannel-buffer", type, action,
      G_CALLBACK (push_backchannel_buffer), NULL, NULL, NULL, GST_TYPE_FLOW_RETURN, 2, G_TYPE_UINT,
      GST_TYPE_SAMPLE);
  g_signal_new_class_handler ("push-backchannel-sample", type, action,
      G_CALLBACK (push_backchannel_sample), NULL, NULL, NULL, GST_TYPE_FLOW_RETURN, 2, G_TYPE_UINT,
      GST_TYPE_SAMPLE);
}

void
pf_signals_install (GType type)
{
  install_actions (type);
  GSignalFlags last = G_SIGNAL_RUN_LAST;
  signals[HANDLE_REQUEST] = g_signal_new ("handle-request", type, last, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 2, GST_TYPE_RTSP_MESSAGE, GST_TYPE_RTSP_MESSAGE);
  signals[ON_SDP] = g_signal_new ("on-sdp", type, last, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
      GST_TYPE_SDP_MESSAGE);
  signals[REQUEST_RTCP_KEY] = g_signal_new ("request-rtcp-key", type, last, 0, NULL, NULL, NULL,
      GST_TYPE_CAPS, 1, G_TYPE_UINT);
  signals[ACCEPT_CERTIFICATE] = g_signal_new ("accept-certificate", type, last, 0, NULL, NULL, NULL,
      G_TYPE_BOOLEAN, 3, G_TYPE_TLS_CONNECTION, G_TYPE_TLS_CERTIFICATE,
      G_TYPE_TLS_CERTIFICATE_FLAGS);
  signals[BEFORE_SEND] = g_signal_new ("before-send", type, last, 0, NULL, NULL, NULL,
      G_TYPE_BOOLEAN, 1, GST_TYPE_RTSP_MESSAGE);
}

char *
pf_signals_unsupported (GstElement *element)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < COUNT; i++)
    if (g_signal_has_handler_pending (element, signals[i], 0, TRUE))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
          g_signal_name (signals[i]));
  return g_string_free (names, names->len == 0);
}
