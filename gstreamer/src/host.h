/* The process that all elements of this host process share: started with the first stream, ended
 * after the last, started again when it dies. All of it happens in a thread of its own; no function
 * here waits. */
#ifndef PF_HOST_H
#define PF_HOST_H

#include "stream.h"

/* Opens the stream in the process, now and after each restart. */
void pf_host_open (PfStream *stream);
/* Closes it; nothing of it is delivered afterwards. */
void pf_host_close (PfStream *stream);
/* Asks for a key frame of a track, and for statistics. */
void pf_host_key_frame (PfStream *stream, guint8 track);
void pf_host_get_stats (PfStream *stream, guint32 number);
/* Sends a request of parameters (JSON), whose answer has the number; FALSE where no process runs. */
gboolean pf_host_parameter (PfStream *stream, guint32 number, const char *json);
/* Sends a packet of audio to the camera; FALSE where it is dropped, because no process runs or it
 * does not read. */
gboolean pf_host_talk (PfStream *stream, const guint8 *packet, gsize size);
/* Answers a question about a certificate. */
void pf_host_certificate (PfStream *stream, guint32 number, gboolean accepted);
/* The process that runs, 0 where none does. */
gint pf_host_process (void);

#endif
