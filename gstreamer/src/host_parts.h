/* The shared process as both files that make it see it: host.c, which the elements call, and
 * supervisor.c, its thread. */
#ifndef PF_HOST_PARTS_H
#define PF_HOST_PARTS_H

#include "block.h"
#include "child.h"
#include "host.h"

typedef struct {
  GMutex lock; /* of all up to the thread's own */
  GHashTable *streams; /* id to PfStream */
  GByteArray *out;     /* what waits to be written; NULL while no process runs */
  GThread *thread;     /* the last that was started; joined by the next */
  gboolean running;
  int wake[2];
  gint process;

  /* The thread's own */
  PfChild *child;
  GQueue leaving; /* of PfChild: those that end */
  PfReader reader;
  gboolean hello;
  guint failures, silent_starts;
  gint64 next_start, idle_since;
} PfHost;

/* Writes the `open` of a stream, with the lock held. */
void pf_host_write_open (PfHost *self, PfStream *stream);
/* The thread: runs until no stream is open and no process lives. */
gpointer pf_host_run (gpointer host);

#endif
