/* The signals of rtspsrc that this element never emits, and its actions that do nothing here. They are
 * there so that programs can connect to them and emit them: in some languages a name that is unknown
 * is an exception. */
#ifndef PF_SIGNALS_H
#define PF_SIGNALS_H

#include <gst/gst.h>

void pf_signals_install (GType type);
/* The names of those that have a handler, NULL if none has. */
char *pf_signals_unsupported (GstElement *element);

#endif
