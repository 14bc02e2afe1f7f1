/* What the tracks are made of, for tracks.c, which makes them, and push.c, which feeds them. */
#ifndef PF_TRACKS_PARTS_H
#define PF_TRACKS_PARTS_H

#include "tracks.h"

#include <gst/base/gstflowcombiner.h>

/* Of one track */
typedef struct {
  gboolean made; /* all else is set when it is */
  GstCaps *caps;
  GstPad *rtp, *rtcp;           /* our ends, which have no parent */
  GstPad *rtp_sink, *rtcp_sink; /* of rtpbin */
  GstPad *ghost;
  gboolean video, discont, announced;
  gint64 begun; /* when its first packet or report was pushed */
  guint32 clock_rate, last_rtp;
  GstClockTime last_time; /* of arrival, as rtpbin saw it */
} PfPads;

struct _PfTracks {
  GstElement *element, *rtpbin; /* they own this */
  PfStream *stream;
  GstFlowCombiner *flows; /* of the element's own thread */
  char *change; /* of codec; of the element's own thread, as the next */
  gint64 first_packet, first_pad;
  gboolean announced; /* no-more-pads */
  GMutex lock;        /* of tracks; not held while anything else is called */
  PfPads tracks[PF_MAX_TRACKS];
};

/* The caps of a track as they go out: without what the numbers of its packets no longer have. */
GstCaps *pf_pads_read_caps (const char *text);
void pf_pads_take_clock_rate (PfPads *track);
/* Other caps of a track that is there: its packets keep their first payload type. */
void pf_pads_change_caps (PfTracks *tracks, PfPads *track, GstCaps *caps);

#endif
