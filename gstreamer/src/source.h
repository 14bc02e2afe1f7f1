/* What an element is made of, for the files that make it. */
#ifndef PF_SOURCE_H
#define PF_SOURCE_H

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

  /* Made and freed by state changes only */
  PfTracks *tracks;
  GThread *thread;
  gboolean warned;

  /* Of the element's own thread */
  gboolean described; /* tracks have come */
  gboolean ended;     /* nothing is pushed any more */
} PhotofinishSrc;

typedef GstStateChangeReturn (*PfChangeState) (GstElement *element, GstStateChange transition);

/* Changes the state without waiting for the process, the socket or the camera; change_children is
 * what the bin itself does. */
GstStateChangeReturn pf_source_change_state (PhotofinishSrc *self, GstStateChange transition,
    PfChangeState change_children);

#endif
