/* What an element is made of, for the files that make it. */
#ifndef PF_SOURCE_H
#define PF_SOURCE_H

#include "parameters.h"
#include "settings.h"
#include "tracks.h"

typedef struct {
  GstBin parent;

  /* With the object's lock */
  PfSettings settings;
  char *last_race;
  guint restarts;
  PfStream *stream; /* from READY to PAUSED and back */
  GstElement *rtpbin;
  GstCaps *back_channel;     /* of the audio that the camera takes; NULL for none */
  guint back_channel_number; /* as select-stream had it */
  gboolean talks;            /* it was selected */

  /* As long as the element */
  PfParameters *parameters;

  /* Made and freed by state changes only */
  PfTracks *tracks;
  GThread *thread;
  gboolean warned;

  /* Of the element's own thread */
  gboolean described; /* tracks have come */
  gboolean ended;     /* nothing is pushed any more */
} PhotofinishSrc;

/* A reference to the stream that is open, or NULL. */
PfStream *pf_source_ref_stream (PhotofinishSrc *self);
/* The element's own thread: runs until the stream is stopped or has ended. */
gpointer pf_source_run (gpointer self);

typedef GstStateChangeReturn (*PfChangeState) (GstElement *element, GstStateChange transition);

/* Changes the state without waiting for the process, the socket or the camera; change_children is
 * what the bin itself does. */
GstStateChangeReturn pf_source_change_state (PhotofinishSrc *self, GstStateChange transition,
    PfChangeState change_children);

#endif
