#include "signals.h"

#include <gio/gio.h>
#include <gst/rtsp/rtsp.h>
#include <gst/sdp/sdp.h>

enum { HANDLE_REQUEST, ON_SDP, REQUEST_RTCP_KEY, ACCEPT_CERTIFICATE, BEFORE_SEND, COUNT };

static guint signals[COUNT];

void
pf_signals_install (GType type)
{
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
