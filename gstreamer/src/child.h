/* One run of the process: started, read and written without blocking, and reaped. */
#ifndef PF_CHILD_H
#define PF_CHILD_H

#include <glib.h>
#include <sys/types.h>

typedef struct {
  pid_t pid;
  int socket; /* -1 when closed */
  int errors; /* its standard error, -1 when closed */
  gint64 started, deadline; /* monotonic time; when it is killed, 0 before pf_child_leave */
  gboolean late;            /* the elements know that it is not ready */
  char last_line[256];      /* of its standard error */
  gsize line_size;
  char line[256];
} PfChild;

/* The program to run: PHOTOFINISH, else the one of the tree that this plugin was built in, else the
 * one on the PATH. */
char *pf_child_program (void);

/* Starts it; NULL with error set if that fails. */
PfChild *pf_child_start (const char *program, GError **error);
/* Shows what it wrote to its standard error in the debug log; for when that is readable. */
void pf_child_read_errors (PfChild *child);
/* Closes the socket, which ends it; it is killed after wait microseconds. */
void pf_child_leave (PfChild *child, gint64 wait);
/* For a child that was left: whether it is gone; kills it when its time is over. */
gboolean pf_child_gone (PfChild *child, gint64 now);
void pf_child_free (PfChild *child);

/* In a process that was forked from the host: closes the socket, so that the process ends with the
 * host and not with the fork. */
void pf_child_forget_in_fork (void);

#endif
