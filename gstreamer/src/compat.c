#include "compat.h"

#include "uri.h"

#include <gio/gio.h>
#include <gst/rtsp/rtsp.h>
#include <string.h>

static const GEnumValue buffer_modes[] = {
  {0, "Only use RTP timestamps", "none"},
  {1, "Slave receiver to sender clock", "slave"},
  {2, "Do low/high watermark buffering", "buffer"},
  {3, "Choose mode depending on stream live", "auto"},
  {4, "Synchronized sender and receiver clocks", "synced"},
  {0, NULL, NULL},
};
#define BUFFER_MODE_SLAVE 1
#define BUFFER_MODE_AUTO 3

static const GEnumValue ntp_time_sources[] = {
  {0, "NTP time based on realtime clock", "ntp"},
  {1, "UNIX time based on realtime clock", "unix"},
  {2, "Running time based on pipeline clock", "running-time"},
  {3, "Pipeline clock time", "clock-time"},
  {0, NULL, NULL},
};

static const GEnumValue nat_methods[] = {
  {0, "None", "none"},
  {1, "Send Dummy packets", "dummy"},
  {0, NULL, NULL},
};

static const GEnumValue backchannels[] = {
  {0, "No backchannel", "none"},
  {1, "ONVIF audio backchannel", "onvif"},
  {0, NULL, NULL},
};

/* rtspsrc's own types have no public names. */
#define ENUM_TYPE(function, name, values)                                                          \
  static GType function (void)                                                                     \
  {                                                                                                \
    static gsize type = 0;                                                                         \
    if (g_once_init_enter (&type))                                                                 \
      g_once_init_leave (&type, g_enum_register_static (name, values));                            \
    return type;                                                                                   \
  }

ENUM_TYPE (buffer_mode_type, "PhotofinishBufferMode", buffer_modes)
ENUM_TYPE (ntp_time_source_type, "PhotofinishNtpTimeSource", ntp_time_sources)
ENUM_TYPE (nat_method_type, "PhotofinishNatMethod", nat_methods)
ENUM_TYPE (backchannel_type, "PhotofinishBackchannel", backchannels)

static GType
structure_type (void)
{
  return GST_TYPE_STRUCTURE;
}

typedef struct {
  const char *name;
  PfUse use;
  GType fundamental;
  GType (*type) (void); /* of enums, flags, boxed and objects */
  guint64 max;          /* of numbers, 0 for that of their type */
  gint64 def;
  const char *blurb;
} Property;

#define LIVE 1

/* Names, types, ranges and, but for one, defaults are those of rtspsrc 1.22. */
static const Property properties[] = {
  [PF_COMPAT_LOCATION] = {"location", PF_USE_OWN, G_TYPE_STRING, .blurb = "The camera's address, rtsp://HOST[:PORT]/PATH or rtsps://"},
  [PF_COMPAT_USER_ID] = {"user-id", PF_USE_OWN, G_TYPE_STRING, .blurb = "User name, for a location without one"},
  [PF_COMPAT_USER_PW] = {"user-pw", PF_USE_OWN, G_TYPE_STRING, .blurb = "Password, for a location without one"},
  [PF_COMPAT_PROTOCOLS] = {"protocols", PF_USE_OPTION, G_TYPE_FLAGS, gst_rtsp_lower_trans_get_type, .def = 7, .blurb = "Allowed lower transport protocols; one of them is transport=tcp, udp, multicast or http, several with tcp are auto"},
  [PF_COMPAT_TIMEOUT] = {"timeout", PF_USE_OPTION, G_TYPE_UINT64, .def = 5000000, .blurb = "As stall-timeout, in microseconds (0 = disabled)"},
  [PF_COMPAT_TCP_TIMEOUT] = {"tcp-timeout", PF_USE_OPTION, G_TYPE_UINT64, .def = 20000000, .blurb = "As racing-timeout and response-timeout, in microseconds (0 = disabled)"},
  [PF_COMPAT_PROXY_ID] = {"proxy-id", PF_USE_OPTION, G_TYPE_STRING, .blurb = "User name for the proxy"},
  [PF_COMPAT_PROXY_PW] = {"proxy-pw", PF_USE_OPTION, G_TYPE_STRING, .blurb = "Password for the proxy"},
  [PF_COMPAT_MULTICAST_IFACE] = {"multicast-iface", PF_USE_OPTION, G_TYPE_STRING, .blurb = "As multicast-interface"},
  [PF_COMPAT_TLS_VALIDATION_FLAGS] = {"tls-validation-flags", PF_USE_OPTION, G_TYPE_FLAGS, g_tls_certificate_flags_get_type, .def = 0x7f, .blurb = "What is checked of a certificate that Java does not trust, before accept-certificate is emitted; 0 is tls-insecure"},
  [PF_COMPAT_TLS_DATABASE] = {"tls-database", PF_USE_OWN, G_TYPE_OBJECT, g_tls_database_get_type, .blurb = "TLS database with anchor certificate authorities used to validate the camera's certificate, in place of Java's and the system's"},
  [PF_COMPAT_ONVIF_MODE] = {"onvif-mode", PF_USE_OPTION, G_TYPE_BOOLEAN, .blurb = "As onvif-replay"},
  [PF_COMPAT_ONVIF_RATE_CONTROL] = {"onvif-rate-control", PF_USE_OPTION, G_TYPE_BOOLEAN, .def = 1, .blurb = "As rate-control"},
  [PF_COMPAT_BACKCHANNEL] = {"backchannel", PF_USE_OPTION, G_TYPE_ENUM, backchannel_type, .blurb = "As back-channel: onvif asks the camera for a way to send audio to it"},
  [PF_COMPAT_LATENCY] = {"latency", PF_USE_RTPBIN, G_TYPE_UINT, .def = 2000, .blurb = "Amount of ms to buffer"},
  [PF_COMPAT_BUFFER_MODE] = {"buffer-mode", PF_USE_RTPBIN, G_TYPE_ENUM, buffer_mode_type, .def = BUFFER_MODE_AUTO, .blurb = "Control the buffering algorithm in use"},
  [PF_COMPAT_PROBATION] = {"probation", PF_USE_OWN, G_TYPE_UINT, .def = 2, .blurb = "Consecutive packet sequence numbers to accept the source"},
  /* Not 0 as in rtspsrc: audio and video come together in small steps, and time never goes back. */
  [PF_COMPAT_MAX_TS_OFFSET_ADJUSTMENT] = {"max-ts-offset-adjustment", PF_USE_RTPBIN, G_TYPE_UINT64, .def = 2000000, .blurb = "The maximum number of nanoseconds per frame that time stamp offsets may be adjusted (0 = no limit)"},

  {"drop-on-latency", PF_USE_RTPBIN, G_TYPE_BOOLEAN, .blurb = "Tells the jitterbuffer to never exceed the given latency in size"},
  {"ntp-sync", PF_USE_RTPBIN, G_TYPE_BOOLEAN, .blurb = "Synchronize received streams to the NTP clock"},
  {"ntp-time-source", PF_USE_RTPBIN, G_TYPE_ENUM, ntp_time_source_type, .blurb = "NTP time source for RTCP packets"},
  {"max-rtcp-rtp-time-diff", PF_USE_RTPBIN, G_TYPE_INT, .def = 1000, .blurb = "Maximum amount of time in ms that the RTP time in RTCP SRs is allowed to be ahead (-1 disabled)"},
  {"max-ts-offset", PF_USE_RTPBIN, G_TYPE_INT64, .def = 3000000000, .blurb = "The maximum absolute value of the time offset in nanoseconds (0 = no limit)"},
  {"use-pipeline-clock", PF_USE_RTPBIN, G_TYPE_BOOLEAN, .blurb = "Use the pipeline running-time to set the NTP time in the RTCP SR messages (deprecated: ntp-time-source)"},
  {"sdes", PF_USE_RTPBIN, G_TYPE_BOXED, structure_type, .blurb = "The SDES items of this session"},

  {"retry", PF_USE_NONE, G_TYPE_UINT, .max = 65535, .def = 20, .blurb = "Without meaning here: RTP ports are allocated by photofinish. See max-reconnection-attempts"},
  {"debug", PF_USE_NONE, G_TYPE_BOOLEAN, .blurb = "Without meaning here: GST_DEBUG=photofinish:6 shows the log"},
  {"do-retransmission", PF_USE_NONE, G_TYPE_BOOLEAN, .def = 1, .blurb = "Without meaning here: lost packets are not asked for again"},
  {"nat-method", PF_USE_NONE, G_TYPE_ENUM, nat_method_type, .def = 1, .blurb = "Without meaning here: photofinish opens the way for UDP itself"},
  {"teardown-timeout", PF_USE_NONE, G_TYPE_UINT64, .def = 100000000, .blurb = "Without meaning here: no state change waits for the camera"},
  {"udp-reconnect", PF_USE_NONE, G_TYPE_BOOLEAN, .def = 1, .blurb = "Without meaning here: every lost connection is made again"},
  {"udp-buffer-size", PF_USE_NONE, G_TYPE_INT, .def = 524288, .blurb = "Without meaning here: photofinish reads without delay"},
  {"ignore-x-server-reply", PF_USE_NONE, G_TYPE_BOOLEAN, .blurb = "Without meaning here: x-server-ip-address is always ignored"},

  /* Timestamps are counted on over all connections: they are no longer those of the camera's clock. */
  {"rfc7273-sync", PF_USE_UNSUPPORTED, G_TYPE_BOOLEAN, .blurb = "Not supported: the camera's timestamps are not kept over a reconnect"},
  {"add-reference-timestamp-meta", PF_USE_UNSUPPORTED, G_TYPE_BOOLEAN, .blurb = "Not supported, as rfc7273-sync"},
  {"connection-speed", PF_USE_UNSUPPORTED, G_TYPE_UINT64, .max = G_MAXUINT64 / 1000, .blurb = "Not supported"},
  {"do-rtcp", PF_USE_UNSUPPORTED, G_TYPE_BOOLEAN, .def = 1, .blurb = "RTCP is always sent where the camera takes it; false is not supported"},
  {"do-rtsp-keep-alive", PF_USE_UNSUPPORTED, G_TYPE_BOOLEAN, .def = 1, .blurb = "Keep-alives are always sent, see keep-alive; false is not supported"},
  {"port-range", PF_USE_UNSUPPORTED, G_TYPE_STRING, .blurb = "Not supported"},
  {"rtp-blocksize", PF_USE_UNSUPPORTED, G_TYPE_UINT, .max = 65536, .blurb = "Not supported"},
  {"short-header", PF_USE_UNSUPPORTED, G_TYPE_BOOLEAN, .blurb = "Not supported"},
  {"tls-interaction", PF_USE_UNSUPPORTED, G_TYPE_OBJECT, g_tls_interaction_get_type, .blurb = "Not supported"},
  {"default-rtsp-version", PF_USE_UNSUPPORTED, G_TYPE_ENUM, gst_rtsp_version_get_type, .def = GST_RTSP_VERSION_1_0, .blurb = "1-0; others are not supported"},
  {"is-live", PF_USE_UNSUPPORTED, G_TYPE_BOOLEAN, .def = LIVE, .blurb = "Always a live source; false is not supported"},
};

guint
pf_compat_count (void)
{
  return G_N_ELEMENTS (properties);
}

const char *
pf_compat_name (guint property)
{
  return properties[property].name;
}

PfUse
pf_compat_use (guint property)
{
  return properties[property].use;
}

GParamSpec *
pf_compat_spec (guint property)
{
  const Property *p = &properties[property];
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;
  GType type = p->type == NULL ? G_TYPE_INVALID : p->type ();
  switch (p->fundamental) {
    case G_TYPE_BOOLEAN:
      return g_param_spec_boolean (p->name, p->name, p->blurb, p->def != 0, flags);
    case G_TYPE_INT:
      return g_param_spec_int (p->name, p->name, p->blurb, p->def == 1000 ? -1 : 0, G_MAXINT,
          (gint) p->def, flags);
    case G_TYPE_UINT:
      return g_param_spec_uint (p->name, p->name, p->blurb, 0,
          p->max == 0 ? G_MAXUINT : (guint) p->max, (guint) p->def, flags);
    case G_TYPE_INT64:
      return g_param_spec_int64 (p->name, p->name, p->blurb, 0, G_MAXINT64, p->def, flags);
    case G_TYPE_UINT64:
      return g_param_spec_uint64 (p->name, p->name, p->blurb, 0,
          p->max == 0 ? G_MAXUINT64 : (guint64) p->max, (guint64) p->def, flags);
    case G_TYPE_ENUM:
      return g_param_spec_enum (p->name, p->name, p->blurb, type, (gint) p->def, flags);
    case G_TYPE_FLAGS:
      return g_param_spec_flags (p->name, p->name, p->blurb, type, (guint) p->def, flags);
    case G_TYPE_BOXED:
      return g_param_spec_boxed (p->name, p->name, p->blurb, type, flags);
    case G_TYPE_OBJECT:
      return g_param_spec_object (p->name, p->name, p->blurb, type, flags);
    default:
      return g_param_spec_string (p->name, p->name, p->blurb, NULL, flags);
  }
}

static const char *
transport_of (guint protocols)
{
  switch (protocols & ~(guint) GST_RTSP_LOWER_TRANS_TLS) {
    case GST_RTSP_LOWER_TRANS_UDP:
      return "udp";
    case GST_RTSP_LOWER_TRANS_UDP_MCAST:
      return "multicast";
    case GST_RTSP_LOWER_TRANS_TCP:
      return "tcp";
    case GST_RTSP_LOWER_TRANS_UNKNOWN:
      return "none"; /* which the process refuses in words */
    case GST_RTSP_LOWER_TRANS_HTTP:
    case GST_RTSP_LOWER_TRANS_HTTP | GST_RTSP_LOWER_TRANS_TCP:
      return "http";
    default:
      return protocols & GST_RTSP_LOWER_TRANS_TCP ? "auto" : "udp";
  }
}

/* Microseconds, within what the option takes. */
static void
set_time (PfOptionSetter set, gpointer data, const char *option, guint64 us, guint64 least_ms,
    guint64 most_ms)
{
  char *text = g_strdup_printf ("%" G_GUINT64_FORMAT "ms", CLAMP (us / 1000, least_ms, most_ms));
  set (data, option, text);
  g_free (text);
}

static void
set_timeouts (const GValue *values, const gboolean *given, PfOptionSetter set, gpointer data)
{
  const guint64 minute = 60000, hour = 60 * minute;
  if (given[PF_COMPAT_TIMEOUT]) {
    guint64 us = g_value_get_uint64 (&values[PF_COMPAT_TIMEOUT]);
    if (us == 0)
      set (data, "stall-timeout", "0");
    else
      set_time (set, data, "stall-timeout", us, 1000, hour);
  }
  if (given[PF_COMPAT_TCP_TIMEOUT]) {
    guint64 us = g_value_get_uint64 (&values[PF_COMPAT_TCP_TIMEOUT]);
    if (us != 0)
      set_time (set, data, "racing-timeout", us, 1, hour);
    set_time (set, data, "response-timeout", us == 0 ? G_MAXUINT64 : us, 100, 5 * minute);
  }
}

/* The proxy with user and password, which rtspsrc has apart. */
static void
set_proxy (const GValue *values, const char *proxy, PfOptionSetter set, gpointer data)
{
  const char *user = g_value_get_string (&values[PF_COMPAT_PROXY_ID]);
  const char *password = g_value_get_string (&values[PF_COMPAT_PROXY_PW]);
  if (proxy == NULL || *proxy == 0)
    return;
  const char *host = strstr (proxy, "://");
  char *scheme = host == NULL ? g_strdup ("http") : g_strndup (proxy, (gsize) (host - proxy));
  host = host == NULL ? proxy : host + 3;
  char *login = NULL;
  if (user != NULL && strchr (host, '@') == NULL) {
    char *user_text = g_uri_escape_string (user, NULL, FALSE);
    char *password_text = g_uri_escape_string (password == NULL ? "" : password, NULL, FALSE);
    login = g_strdup_printf ("%s:%s@", user_text, password_text);
    g_free (user_text);
    g_free (password_text);
  }
  char *text = g_strdup_printf ("%s://%s%s", scheme, login == NULL ? "" : login, host);
  set (data, "proxy", text);
  g_free (text);
  g_free (login);
  g_free (scheme);
}

void
pf_compat_options (const GValue *values, const gboolean *given, const char *proxy,
    PfOptionSetter set, gpointer data)
{
  const char *uri = g_value_get_string (&values[PF_COMPAT_LOCATION]);
  PfLocation location = {0};
  if (uri != NULL)
    pf_location_read (uri, &location);
  if (location.protocols != GST_RTSP_LOWER_TRANS_UNKNOWN)
    set (data, "transport", transport_of (location.protocols));
  else if (given[PF_COMPAT_PROTOCOLS])
    set (data, "transport", transport_of (g_value_get_flags (&values[PF_COMPAT_PROTOCOLS])));
  g_free (location.location);
  set_timeouts (values, given, set, data);
  set_proxy (values, proxy, set, data);
  if (g_value_get_string (&values[PF_COMPAT_MULTICAST_IFACE]) != NULL)
    set (data, "multicast-interface", g_value_get_string (&values[PF_COMPAT_MULTICAST_IFACE]));
  if (given[PF_COMPAT_TLS_VALIDATION_FLAGS])
    set (data, "tls-insecure",
        g_value_get_flags (&values[PF_COMPAT_TLS_VALIDATION_FLAGS]) == 0 ? "on" : "off");
  if (given[PF_COMPAT_ONVIF_MODE])
    set (data, "onvif-replay", g_value_get_boolean (&values[PF_COMPAT_ONVIF_MODE]) ? "on" : "off");
  if (given[PF_COMPAT_BACKCHANNEL])
    set (data, "back-channel", g_value_get_enum (&values[PF_COMPAT_BACKCHANNEL]) != 0 ? "on" : "off");
  if (given[PF_COMPAT_ONVIF_RATE_CONTROL])
    set (data, "rate-control",
        g_value_get_boolean (&values[PF_COMPAT_ONVIF_RATE_CONTROL]) ? "on" : "off");
}

void
pf_compat_rtpbin (guint property, const GValue *value, GstElement *rtpbin)
{
  if (property == PF_COMPAT_BUFFER_MODE) {
    gint mode = g_value_get_enum (value);
    g_object_set (rtpbin, "buffer-mode", mode == BUFFER_MODE_AUTO ? BUFFER_MODE_SLAVE : mode, NULL);
  } else if (G_VALUE_HOLDS_ENUM (value)) {
    /* By number: the type of the enum is another one there. */
    g_object_set (rtpbin, properties[property].name, g_value_get_enum (value), NULL);
  } else {
    g_object_set_property (G_OBJECT (rtpbin), properties[property].name, value);
  }
}
