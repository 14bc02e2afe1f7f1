/* Which certificates of its camera an element trusts: what GLib says, by the properties of rtspsrc,
 * and the handlers of accept-certificate. */
#ifndef PF_CERTIFICATE_H
#define PF_CERTIFICATE_H

#include "source.h"

/* Whether the camera is taken for who it says it is: the members of the `certificate` message. In the
 * element's own thread; a handler may wait. */
gboolean pf_certificate_accepted (PhotofinishSrc *self, const GstStructure *question);

#endif
