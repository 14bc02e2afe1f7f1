/* The pads of a track: ours into rtpbin, and the ghost of its output. */
#ifndef PF_PADS_H
#define PF_PADS_H

#include "stream.h"

extern GstStaticPadTemplate pf_pads_template;

/* The pad stream_NUMBER for an output of rtpbin. */
GstPad *pf_pads_ghost (PfStream *stream, guint number, GstPad *target);
/* A pad that feeds rtpbin with kind, "rtp" or "rtcp", and the pad of rtpbin that it is linked to; it
 * has no parent. NULL if rtpbin has none. */
GstPad *pf_pads_inner (GstElement *element, GstElement *rtpbin, PfStream *stream, guint number,
    const char *kind, GstCaps *caps, GstPad **sink);

#endif
