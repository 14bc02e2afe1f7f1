/* Audio from the application to the camera. */
#ifndef PF_BACK_CHANNEL_H
#define PF_BACK_CHANNEL_H

#include "source.h"

/* The camera takes audio, as the `back-channel` message says: select-stream asks whether it is
 * wanted. In the element's own thread. */
void pf_back_channel_describe (PhotofinishSrc *self, const GstStructure *description);
/* Sends a packet of RTP; what the camera does not take at present is dropped. Any thread. */
GstFlowReturn pf_back_channel_push (PhotofinishSrc *self, guint number, GstSample *sample);

#endif
