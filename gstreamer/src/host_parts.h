/* The shared process as all files that make it see it: host.c, which the elements call, supervisor.c,
 * its thread, and traffic.c, the socket. */
#ifndef PF_HOST_PARTS_H
#define PF_HOST_PARTS_H

#include "block.h"
#include "child.h"
#include "host.h"

/* A process that has been silent for so long is asked for a sign of life. */
#define PF_HOST_ASK_AFTER (5 * G_USEC_PER_SEC)

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
  guint unheard;        /* questions since the process said something */
  gint64 next_question;
  gint64 next_start, idle_since;
} PfHost;

/* Writes the `open` of a stream, with the lock held. */
void pf_host_write_open (PfHost *self, PfStream *stream);
/* Takes what woke the thread. A program that becomes a daemon may have closed what it did not open:
 * then there is a new pipe. */
void pf_host_woken (PfHost *self);
/* The thread: runs until no stream is open and no process lives. */
gpointer pf_host_run (gpointer host);
/* Ends all streams with an error. */
void pf_host_fail_all (PfHost *self, const char *text);
/* Read and write what there is; NULL if all is well, else why the process is lost. */
const char *pf_host_read (PfHost *self);
const char *pf_host_write (PfHost *self);

#endif
