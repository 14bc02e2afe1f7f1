/* What a stream is made of, for the files that make it: stream.c, queue.c and incoming.c. */
#ifndef PF_STREAM_PARTS_H
#define PF_STREAM_PARTS_H

#include "numbers.h"
#include "stream.h"

typedef struct {
  PfNumbers numbers;
  gboolean known, ignored;
  gboolean gap; /* packets were dropped here: the next are the first after a gap */
} PfTrack;

typedef enum { PF_FLOW_HOLDING, PF_FLOW_PLAYING, PF_FLOW_PAUSED } PfFlow;

struct _PfStream {
  gint references;
  guint32 id;
  char *open;

  GMutex lock; /* of all below */
  GCond changed;
  GQueue items;
  gsize bytes;
  guint events, passing; /* of the items, those that are events, and that pass media */
  gboolean stopped, over;
  PfFlow flow;
  GstClock *clock;
  PfTrack tracks[PF_MAX_TRACKS];
  guint32 asked;
  guint32 answered;
  GstStructure *answer;
};

/* With the lock held: */

PfItem *pf_item_new (PfItemType type);
/* Puts an item into the queue; takes it. */
void pf_stream_put (PfStream *stream, PfItem *item);
/* Takes the next item out of it, NULL where none may come out. */
PfItem *pf_stream_next (PfStream *stream);
/* Drops all items. */
void pf_stream_clear (PfStream *stream);
/* Drops the packets that wait, and has the next flagged. */
void pf_stream_drop_packets (PfStream *stream);

#endif
