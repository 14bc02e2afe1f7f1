/* The tracks of a stream in GStreamer: pads into rtpbin for what the process sends, ghost pads
 * stream_%u for what comes out of it. */
#ifndef PF_TRACKS_H
#define PF_TRACKS_H

#include "stream.h"

typedef struct _PfTracks PfTracks;

/* rtpbin is a child of element. */
PfTracks *pf_tracks_new (GstElement *element, GstElement *rtpbin, PfStream *stream);
/* Removes the pads; after pf_tracks_flush, and when nothing streams any more. */
void pf_tracks_free (PfTracks *tracks);

/* In the element's own thread: */

/* Makes the tracks that a `tracks` message has and that are not there yet, and takes over caps that
 * have changed. */
void pf_tracks_describe (PfTracks *tracks, const GstStructure *description);
/* Pushes packets or a report; the combined flow of all tracks. */
GstFlowReturn pf_tracks_push (PfTracks *tracks, PfItem *item);
/* The last change of a track's codec in words, NULL where there was none. */
const char *pf_tracks_change (PfTracks *tracks);
/* Ends all tracks. */
void pf_tracks_end (PfTracks *tracks);
/* For now and then: says that there will be no more pads when a track stays silent. */
void pf_tracks_tick (PfTracks *tracks);

/* In any thread: */

/* Lets pushes return and stops further ones. */
void pf_tracks_flush (PfTracks *tracks);
/* Asks the camera for a key frame of each video track. */
void pf_tracks_key_frames (PfTracks *tracks);

#endif
