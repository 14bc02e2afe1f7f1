#include "uri.h"

#include <string.h>

static const struct {
  const char *scheme, *dialled;
  GstRTSPLowerTrans protocols;
} schemes[] = {
  {"photofinish", "rtsp", GST_RTSP_LOWER_TRANS_UNKNOWN},
  {"photofinishs", "rtsps", GST_RTSP_LOWER_TRANS_UNKNOWN},
  {"rtspu", "rtsp", GST_RTSP_LOWER_TRANS_UDP},
  {"rtspt", "rtsp", GST_RTSP_LOWER_TRANS_TCP},
  {"rtsph", "rtsp", GST_RTSP_LOWER_TRANS_HTTP},
  {"rtspsu", "rtsps", GST_RTSP_LOWER_TRANS_UDP},
  {"rtspst", "rtsps", GST_RTSP_LOWER_TRANS_TCP},
  {"rtspsh", "rtsps", GST_RTSP_LOWER_TRANS_HTTP},
};

void
pf_location_read (const char *uri, PfLocation *location)
{
  char *scheme = g_uri_parse_scheme (uri);
  location->location = NULL;
  location->protocols = GST_RTSP_LOWER_TRANS_UNKNOWN;
  for (guint i = 0; i < G_N_ELEMENTS (schemes) && scheme != NULL; i++)
    if (g_ascii_strcasecmp (scheme, schemes[i].scheme) == 0) {
      location->location = g_strconcat (schemes[i].dialled, uri + strlen (scheme), NULL);
      location->protocols = schemes[i].protocols;
    }
  if (location->location == NULL)
    location->location = g_strdup (uri);
  g_free (scheme);
}

char *
pf_location_uri (const char *location)
{
  if (g_ascii_strncasecmp (location, "photofinish", 11) == 0)
    return g_strdup (location);
  if (g_ascii_strncasecmp (location, "rtsp://", 7) == 0)
    return g_strconcat ("photofinish://", location + 7, NULL);
  if (g_ascii_strncasecmp (location, "rtsps://", 8) == 0)
    return g_strconcat ("photofinishs://", location + 8, NULL);
  return NULL;
}

char *
pf_location_id (const char *location)
{
  const char *authority = strstr (location, "://");
  authority = authority == NULL ? location : authority + 3;
  gsize size = strcspn (authority, "/?");
  const char *login = g_strrstr_len (authority, (gssize) size, "@");
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, login == NULL ? authority : login + 1,
      -1);
}
