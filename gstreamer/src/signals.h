/* Signals and actions of rtspsrc. Those that this element never emits are there so that programs can
 * connect to them: in some languages a name that is unknown is an exception. */
#ifndef PF_SIGNALS_H
#define PF_SIGNALS_H

#include <gio/gio.h>
#include <gst/gst.h>

void pf_signals_install (GType type);
/* The names of those that are never emitted and have a handler, NULL if none has. */
char *pf_signals_unsupported (GstElement *element);
/* Emits on-sdp with the camera's session description. */
void pf_signals_sdp (GstElement *element, const char *text);

/* Emits accept-certificate, FALSE where nobody accepts it. Its connection is NULL: it is one of the
 * process. */
gboolean pf_signals_accept_certificate (GstElement *element, GTlsCertificate *certificate,
    GTlsCertificateFlags errors);

#endif
