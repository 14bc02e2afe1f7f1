/* Properties of a pipeline become the `open` message. */
#include "check.h"
#include "element.h"

#include <gst/rtsp/gstrtsptransport.h>

#include "settings.h"

/* The ids are by name: of a class that has the properties. */
static guint
id_of (const char *name)
{
  GObjectClass *klass = g_type_class_ref (pf_source_get_type ());
  GParamSpec *spec = g_object_class_find_property (klass, name);
  CHECK (spec != NULL);
  g_type_class_unref (klass);
  return spec->param_id;
}

static void
set_text (PfSettings *settings, const char *name, const char *text)
{
  GObjectClass *klass = g_type_class_ref (pf_source_get_type ());
  GValue value = G_VALUE_INIT;
  g_value_init (&value, g_object_class_find_property (klass, name)->value_type);
  CHECK (gst_value_deserialize (&value, text));
  pf_settings_set (settings, id_of (name), &value);
  g_value_unset (&value);
  g_type_class_unref (klass);
}

/* Pairs of property and value, then the expected message. */
static void
check_open (const char *const *pairs, const char *expected)
{
  PfSettings settings;
  pf_settings_init (&settings);
  for (guint i = 0; pairs[i] != NULL; i += 2)
    set_text (&settings, pairs[i], pairs[i + 1]);
  char *open = pf_settings_open (&settings);
  CHECK_TEXT (open, expected);
  g_free (open);
  pf_settings_clear (&settings);
}

#define OPEN(expected, ...) check_open ((const char *const[]) {__VA_ARGS__, NULL}, expected)

static void
sends_what_is_set (void)
{
  OPEN ("{\"location\":\"rtsp://a/b\",\"certificates\":\"untrusted\",\"options\":{}}", "location", "rtsp://a/b");
  OPEN ("{\"location\":\"rtsp://a\",\"user-id\":\"u\",\"user-pw\":\"p\\\"\",\"certificates\":\"untrusted\",\"options\":{}}",
      "location", "rtsp://a", "user-id", "u", "user-pw", "p\"");
  OPEN ("{\"location\":\"rtsp://a\",\"certificates\":\"untrusted\",\"options\":{\"connection-racing\":\"first-wins\","
      "\"max-parallel-connections\":\"3\",\"racing-delay-ms\":\"auto\",\"racing-delay-multiplier\":\"1.5\","
      "\"racing-timeout\":\"1500ms\",\"redial\":\"off\"}}",
      "location", "rtsp://a", "connection-racing", "first-wins", "max-parallel-connections", "3",
      "racing-delay-ms", "-1", "racing-delay-multiplier", "1.5", "racing-timeout", "1500000000",
      "redial", "false");
}

static void
schemes_name_transports (void)
{
  OPEN ("{\"location\":\"rtsp://a/b\",\"certificates\":\"untrusted\",\"options\":{}}", "location", "photofinish://a/b");
  OPEN ("{\"location\":\"rtsps://a/b\",\"certificates\":\"untrusted\",\"options\":{}}", "location", "photofinishs://a/b");
  OPEN ("{\"location\":\"rtsp://a\",\"certificates\":\"untrusted\",\"options\":{\"transport\":\"tcp\"}}", "location", "rtspt://a");
  OPEN ("{\"location\":\"rtsps://a\",\"certificates\":\"untrusted\",\"options\":{\"transport\":\"udp\"}}", "location", "rtspsu://a");
  OPEN ("{\"location\":\"http://a\",\"certificates\":\"untrusted\",\"options\":{}}", "location", "http://a");
}

static void
properties_of_rtspsrc_are_options (void)
{
#define COMPAT(options, ...)                                                                       \
  OPEN ("{\"location\":\"rtsp://a\",\"certificates\":\"untrusted\",\"options\":{" options "}}", "location", "rtsp://a", __VA_ARGS__)
  COMPAT ("\"transport\":\"tcp\"", "protocols", "tcp");
  COMPAT ("\"transport\":\"multicast\"", "protocols", "udp-mcast");
  COMPAT ("\"transport\":\"http\"", "protocols", "tcp+http");
  COMPAT ("\"transport\":\"auto\"", "protocols", "tcp+udp-mcast+udp");
  COMPAT ("\"transport\":\"udp\"", "protocols", "udp-mcast+udp");
  COMPAT ("\"transport\":\"websocket\"", "protocols", "tcp", "transport", "websocket");
  COMPAT ("\"transport\":\"none\"", "protocols", "tls");
  COMPAT ("\"transport\":\"none\"", "protocols", "0");
  COMPAT ("\"stall-timeout\":\"0\"", "timeout", "0");
  COMPAT ("\"stall-timeout\":\"1000ms\"", "timeout", "10");
  COMPAT ("\"racing-timeout\":\"2000ms\",\"response-timeout\":\"2000ms\"", "tcp-timeout", "2000000");
  COMPAT ("\"response-timeout\":\"300000ms\"", "tcp-timeout", "0");
  COMPAT ("\"proxy\":\"http://u%40:p@h:1\"", "proxy", "h:1", "proxy-id", "u@", "proxy-pw", "p");
  COMPAT ("\"proxy\":\"socks5://x:y@h:1\"", "proxy", "socks5://x:y@h:1", "proxy-id", "u");
  COMPAT ("\"multicast-interface\":\"eth1\"", "multicast-iface", "eth1");
  COMPAT ("\"tls-insecure\":\"on\"", "tls-validation-flags", "0");
  COMPAT ("\"onvif-replay\":\"on\",\"rate-control\":\"off\"", "onvif-mode", "true",
      "onvif-rate-control", "false");
  COMPAT ("", "latency", "0", "retry", "3", "debug", "true");
}

static void
unsupported_values_are_named (void)
{
  PfSettings settings;
  pf_settings_init (&settings);
  CHECK (pf_settings_unsupported (&settings) == NULL);
  set_text (&settings, "do-rtcp", "true");
  CHECK (pf_settings_unsupported (&settings) == NULL);
  set_text (&settings, "do-rtcp", "false");
  set_text (&settings, "port-range", "3000-3005");
  char *names = pf_settings_unsupported (&settings);
  CHECK_TEXT (names, "do-rtcp, port-range");
  g_free (names);
  pf_settings_clear (&settings);
}

int
main (int argc, char **argv)
{
  gst_init (&argc, &argv);
  /* Its class has the properties, which all else here refers to. */
  g_type_class_unref (g_type_class_ref (pf_source_get_type ()));
  sends_what_is_set ();
  schemes_name_transports ();
  properties_of_rtspsrc_are_options ();
  unsupported_values_are_named ();
  return 0;
}
