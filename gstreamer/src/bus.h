/* What the process reports, on the bus: element messages for events, GStreamer's error for one. */
#ifndef PF_BUS_H
#define PF_BUS_H

#include <gst/gst.h>

/* Posts an event as an element message photofinish-EVENT with its fields and, if there is one, its
 * JSON; takes the structure. */
void pf_bus_post_event (GstElement *element, GstStructure *event, const char *json);
/* Posts what an `error` message says. */
void pf_bus_post_error (GstElement *element, const GstStructure *error);

#endif
