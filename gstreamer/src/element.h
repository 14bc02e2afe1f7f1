/* The element photofinishsrc. */
#ifndef PF_ELEMENT_H
#define PF_ELEMENT_H

#include <gst/gst.h>

GType pf_source_get_type (void);

#endif
