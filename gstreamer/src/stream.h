/* The stream of one element, between the thread that reads the socket and the element's own: a
 * bounded queue of what came, and the numbers of its tracks. */
#ifndef PF_STREAM_H
#define PF_STREAM_H

#include "block.h"

#include <gst/gst.h>

/* The number of a request of statistics that nobody waits for. */
#define PF_STREAM_UNASKED 0u

/* Tracks beyond are ignored. */
#define PF_MAX_TRACKS 32

typedef struct _PfStream PfStream;

typedef enum {
  PF_ITEM_TRACKS,  /* structure: "tracks" */
  PF_ITEM_PACKETS, /* packets */
  PF_ITEM_REPORT,  /* report */
  PF_ITEM_EVENT,   /* structure, json */
  PF_ITEM_DESCRIPTION,  /* json: the SDP, which is none */
  PF_ITEM_BACK_CHANNEL, /* structure: "track", "caps" */
  PF_ITEM_ANSWER,       /* structure, number */
  PF_ITEM_CERTIFICATE,  /* structure, number */
  PF_ITEM_ERROR,   /* structure */
  PF_ITEM_EOS
} PfItemType;

typedef struct {
  PfItemType type;
  guint track;
  gsize size;
  GstBufferList *packets;
  gint64 arrival;     /* monotonic time */
  gboolean gap;       /* the first packets after a gap */
  GstClockTime clock; /* when packets came, by the pipeline's clock; none before it runs */
  GstBuffer *report;
  GstStructure *structure;
  char *json;
  guint32 number;
} PfItem;

void pf_item_free (PfItem *item);

/* open is the JSON text of the `open` message. */
PfStream *pf_stream_new (const char *open);
PfStream *pf_stream_ref (PfStream *stream);
void pf_stream_unref (PfStream *stream);

guint32 pf_stream_id (PfStream *stream);
const char *pf_stream_open (PfStream *stream);

/* The element's side */

/* The next item, waited for until `until` (monotonic time); NULL when there is none by then or the
 * stream is stopped. */
PfItem *pf_stream_take (PfStream *stream, gint64 until);
/* Nothing comes out any more, and a thread that waits returns. */
void pf_stream_stop (PfStream *stream);
gboolean pf_stream_stopped (PfStream *stream);
/* The pipeline runs on clock (may be NULL); whether it had been paused. Before the first time packets
 * are held. */
gboolean pf_stream_play (PfStream *stream, GstClock *clock);
/* The pipeline is paused: a live source drops what comes. */
void pf_stream_pause (PfStream *stream);
/* The application wants no more: an EOS follows what waits. */
void pf_stream_end (PfStream *stream);
/* Packets of this track are not wanted. */
void pf_stream_ignore (PfStream *stream, guint track);
/* A number for a request of statistics, and its answer, NULL when there is none within wait
 * microseconds. */
guint32 pf_stream_ask (PfStream *stream);
GstStructure *pf_stream_answer (PfStream *stream, guint32 number, gint64 wait);

/* The socket's side */

/* Takes in a message of the process; FALSE if it breaks the protocol. */
gboolean pf_stream_message (PfStream *stream, const PfMessage *message, PfBlock *block);
/* Something happened to the process; takes event. */
void pf_stream_event (PfStream *stream, GstStructure *event);
/* The process ended, and another one begins. */
void pf_stream_restarted (PfStream *stream, GstStructure *reason);
/* The stream cannot go on. */
void pf_stream_fail (PfStream *stream, const char *kind, const char *text);
/* An error or the end has come: nothing follows. */
gboolean pf_stream_over (PfStream *stream);

#endif
