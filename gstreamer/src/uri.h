/* Locations: photofinish:// and photofinishs:// of the URI handler, and the schemes of rtspsrc,
 * some of which name a transport. */
#ifndef PF_URI_H
#define PF_URI_H

#include <gst/rtsp/gstrtsptransport.h>

typedef struct {
  char *location;            /* rtsp:// or rtsps://, or what was given if it is neither */
  GstRTSPLowerTrans protocols; /* that the scheme names; GST_RTSP_LOWER_TRANS_UNKNOWN if none */
} PfLocation;

void pf_location_read (const char *uri, PfLocation *location);
/* A location as a URI of this element's handler; NULL if it is none. */
char *pf_location_uri (const char *location);

/* An identifier that a location has at each start, without its login. */
char *pf_location_id (const char *location);

#endif
