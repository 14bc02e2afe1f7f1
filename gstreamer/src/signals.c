#include "signals.h"

#include "back_channel.h"

#include <gst/rtsp/rtsp.h>
#include <gst/sdp/sdp.h>

/* Those from UNSUPPORTED on are never emitted. */
enum {
  ON_SDP,
  ACCEPT_CERTIFICATE,
  UNSUPPORTED,
  HANDLE_REQUEST = UNSUPPORTED,
  REQUEST_RTCP_KEY,
  BEFORE_SEND,
  COUNT
};

static guint signals[COUNT];

static gboolean
ask (PhotofinishSrc *self, const char *const *names, const char *value, const char *content_type,
    GstPromise *promise)
{
  PfStream *stream = pf_source_ref_stream (self);
  gboolean sent = pf_parameters_ask (self->parameters, stream, names, value, content_type,
      promise == NULL ? NULL : gst_promise_ref (promise));
  if (stream != NULL)
    pf_stream_unref (stream);
  return sent;
}

static gboolean
get_parameter (PhotofinishSrc *self, const char *name, const char *content_type,
    GstPromise *promise)
{
  const char *const names[] = {name, NULL};
  return ask (self, name == NULL ? NULL : names, NULL, content_type, promise);
}

static gboolean
get_parameters (PhotofinishSrc *self, char **names, const char *content_type, GstPromise *promise)
{
  return ask (self, (const char *const *) names, NULL, content_type, promise);
}

static gboolean
set_parameter (PhotofinishSrc *self, const char *name, const char *value,
    const char *content_type, GstPromise *promise)
{
  const char *const names[] = {name, NULL};
  return ask (self, name == NULL || value == NULL ? NULL : names, value == NULL ? "" : value,
      content_type, promise);
}

static GstFlowReturn
push_backchannel_sample (PhotofinishSrc *self, guint number, GstSample *sample)
{
  return pf_back_channel_push (self, number, sample);
}

/* As rtspsrc does, it takes the caller's reference, which is why it is deprecated there. */
static GstFlowReturn
push_backchannel_buffer (PhotofinishSrc *self, guint number, GstSample *sample)
{
  GstFlowReturn flow = pf_back_channel_push (self, number, sample);
  if (sample != NULL)
    gst_sample_unref (sample);
  return flow;
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
  signals[ACCEPT_CERTIFICATE] = g_signal_new ("accept-certificate", type, last, 0,
      g_signal_accumulator_true_handled, NULL, NULL, G_TYPE_BOOLEAN, 3, G_TYPE_TLS_CONNECTION, G_TYPE_TLS_CERTIFICATE,
      G_TYPE_TLS_CERTIFICATE_FLAGS);
  signals[BEFORE_SEND] = g_signal_new ("before-send", type, last, 0, NULL, NULL, NULL,
      G_TYPE_BOOLEAN, 1, GST_TYPE_RTSP_MESSAGE);
}

char *
pf_signals_unsupported (GstElement *element)
{
  GString *names = g_string_new (NULL);
  for (guint i = UNSUPPORTED; i < COUNT; i++)
    if (g_signal_has_handler_pending (element, signals[i], 0, TRUE))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
          g_signal_name (signals[i]));
  return g_string_free (names, names->len == 0);
}

void
pf_signals_sdp (GstElement *element, const char *text)
{
  GstSDPMessage *sdp = NULL;
  if (g_signal_has_handler_pending (element, signals[ON_SDP], 0, TRUE)
      && gst_sdp_message_new_from_text (text, &sdp) == GST_SDP_OK)
    g_signal_emit (element, signals[ON_SDP], 0, sdp);
  if (sdp != NULL)
    gst_sdp_message_free (sdp);
}

gboolean
pf_signals_accept_certificate (GstElement *element, GTlsCertificate *certificate,
    GTlsCertificateFlags errors)
{
  gboolean accepted = FALSE;
  g_signal_emit (element, signals[ACCEPT_CERTIFICATE], 0, NULL, certificate, errors, &accepted);
  return accepted;
}
