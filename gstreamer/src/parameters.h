/* Requests of parameters (GET_PARAMETER and SET_PARAMETER) from the application to the camera, and
 * the promises that wait for their answers. Any thread may call these. */
#ifndef PF_PARAMETERS_H
#define PF_PARAMETERS_H

#include "stream.h"

typedef struct _PfParameters PfParameters;

PfParameters *pf_parameters_new (void);
void pf_parameters_free (PfParameters *self);

/* Asks for parameters, or sets one where value is not NULL; FALSE, with an expired promise, for what
 * cannot be sent. stream may be NULL: then nothing can. Takes promise, which may be NULL. */
gboolean pf_parameters_ask (PfParameters *self, PfStream *stream, const char *const *names,
    const char *value, const char *content_type, GstPromise *promise);
/* The answer to a request: the members of the `parameter-answer` message. */
void pf_parameters_answer (PfParameters *self, guint32 number, const GstStructure *answer);
/* Requests can be sent, and no more: those that wait have a reply. It is closed at first. */
void pf_parameters_open (PfParameters *self);
void pf_parameters_close (PfParameters *self);
/* No answer will come to those that wait. */
void pf_parameters_fail (PfParameters *self, const char *reason);

#endif
