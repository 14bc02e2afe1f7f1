#include "parameters.h"

#include "host.h"
#include "json.h"

#include <gst/rtsp/rtsp.h>
#include <string.h>

/* Requests that wait; the process itself takes 16 for the camera. */
#define MAX_WAITING 64u
/* More is not sent to a camera. */
#define MAX_BODY 65536u

typedef struct {
  GstPromise *promise; /* may be NULL */
  gboolean set;
} Request;

struct _PfParameters {
  GMutex lock; /* not held while a promise is replied to: that calls the application */
  GHashTable *waiting;
  guint32 last;
  gboolean open;
};

PfParameters *
pf_parameters_new (void)
{
  PfParameters *self = g_new0 (PfParameters, 1);
  g_mutex_init (&self->lock);
  self->waiting = g_hash_table_new (NULL, NULL);
  return self;
}

/* Takes reply. */
static void
finish (Request *request, GstStructure *reply)
{
  if (request->promise != NULL) {
    gst_promise_reply (request->promise, reply);
    gst_promise_unref (request->promise);
  } else {
    gst_structure_free (reply);
  }
  g_free (request);
}

/* As rtspsrc replies; status is 0 where the camera did not answer. */
static void
reply (Request *request, gint status, const char *reason, const char *body)
{
  GstStructure *structure = gst_structure_new (
      request->set ? "set-parameter-reply" : "get-parameter-reply", "rtsp-result", G_TYPE_INT,
      status == 0 ? GST_RTSP_ERROR : GST_RTSP_OK, "rtsp-code", G_TYPE_INT, status, "rtsp-reason",
      G_TYPE_STRING, reason, NULL);
  if (!request->set)
    gst_structure_set (structure, "body", G_TYPE_STRING, body, NULL);
  finish (request, structure);
}

static Request *
take (PfParameters *self, guint32 number)
{
  gpointer request = NULL;
  g_mutex_lock (&self->lock);
  g_hash_table_steal_extended (self->waiting, GUINT_TO_POINTER (number), NULL, &request);
  g_mutex_unlock (&self->lock);
  return request;
}

void
pf_parameters_fail (PfParameters *self, const char *reason)
{
  g_mutex_lock (&self->lock);
  GList *all = g_hash_table_get_values (self->waiting);
  g_hash_table_steal_all (self->waiting);
  g_mutex_unlock (&self->lock);
  for (GList *link = all; link != NULL; link = link->next)
    reply (link->data, 0, reason, "");
  g_list_free (all);
}

void
pf_parameters_open (PfParameters *self)
{
  g_mutex_lock (&self->lock);
  self->open = TRUE;
  g_mutex_unlock (&self->lock);
}

void
pf_parameters_close (PfParameters *self)
{
  g_mutex_lock (&self->lock);
  self->open = FALSE;
  g_mutex_unlock (&self->lock);
  pf_parameters_fail (self, "the stream ended before the answer came");
}

void
pf_parameters_free (PfParameters *self)
{
  pf_parameters_close (self);
  g_hash_table_unref (self->waiting);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* What would be another line of the content, or none, is no name. */
static gboolean
is_name (const char *name)
{
  for (const char *at = name; *at != 0; at++)
    if (g_ascii_isspace (*at) || g_ascii_iscntrl (*at))
      return FALSE;
  return *name != 0 && g_utf8_validate (name, -1, NULL);
}

static gboolean
is_value (const char *value)
{
  return strpbrk (value, "\r\n") == NULL && g_utf8_validate (value, -1, NULL);
}

/* The content as rtspsrc writes it, NULL for what is not valid. */
static char *
write_body (const char *const *names, const char *value)
{
  GString *body = g_string_new (NULL);
  gboolean valid = names != NULL && (value == NULL || is_value (value));
  for (guint i = 0; valid && names[i] != NULL; i++) {
    valid = is_name (names[i]) && body->len <= MAX_BODY;
    g_string_append_printf (body, "%s:%s%s\r\n", names[i], value == NULL ? "" : " ",
        value == NULL ? "" : value);
  }
  valid = valid && body->len <= MAX_BODY;
  return g_string_free (body, !valid);
}

/* The text of the `parameter` message, NULL for what cannot be sent. */
static char *
write_request (const char *const *names, const char *value, const char *content_type)
{
  char *body = write_body (names, value);
  const char *type = content_type != NULL ? content_type : "text/parameters";
  if (body == NULL || !g_utf8_validate (type, -1, NULL)) {
    g_free (body);
    return NULL;
  }
  GString *json = g_string_new ("{\"method\":");
  pf_json_write_text (json, value == NULL ? "GET_PARAMETER" : "SET_PARAMETER");
  g_string_append (json, ",\"content-type\":");
  pf_json_write_text (json, *body == 0 ? "" : type);
  g_string_append (json, ",\"body\":");
  pf_json_write_text (json, body);
  g_string_append_c (json, '}');
  g_free (body);
  return g_string_free (json, FALSE);
}

/* The number of a request that waits from now on; 0 where too many do, or none can be sent. */
static guint32
wait_for (PfParameters *self, Request *request)
{
  guint32 number = 0;
  g_mutex_lock (&self->lock);
  if (self->open && g_hash_table_size (self->waiting) < MAX_WAITING) {
    do
      number = ++self->last;
    while (number == 0 || g_hash_table_contains (self->waiting, GUINT_TO_POINTER (number)));
    g_hash_table_insert (self->waiting, GUINT_TO_POINTER (number), request);
  }
  g_mutex_unlock (&self->lock);
  return number;
}

gboolean
pf_parameters_ask (PfParameters *self, PfStream *stream, const char *const *names,
    const char *value, const char *content_type, GstPromise *promise)
{
  char *json = stream == NULL ? NULL : write_request (names, value, content_type);
  Request *request = g_new0 (Request, 1);
  request->promise = promise;
  request->set = value != NULL;
  guint32 number = json == NULL ? 0 : wait_for (self, request);
  gboolean sent = number != 0 && pf_host_parameter (stream, number, json);
  g_free (json);
  /* One that is not sent may have been failed by another thread: then it has its reply. */
  if (!sent && (number == 0 || (request = take (self, number)) != NULL)) {
    if (promise != NULL) {
      gst_promise_expire (promise);
      gst_promise_unref (promise);
    }
    g_free (request);
  }
  return sent;
}

void
pf_parameters_answer (PfParameters *self, guint32 number, const GstStructure *answer)
{
  Request *request = take (self, number);
  gint64 status = 0;
  if (request == NULL)
    return;
  gst_structure_get_int64 (answer, "status", &status);
  const char *error = gst_structure_get_string (answer, "error");
  const char *body = gst_structure_get_string (answer, "body");
  const char *reason = status > 0 && (error == NULL || status != GST_RTSP_STS_OK)
      ? gst_rtsp_status_as_text ((GstRTSPStatusCode) status)
      : error;
  gint code = error != NULL && status == GST_RTSP_STS_OK ? 0 : (gint) CLAMP (status, 0, 999);
  reply (request, code, reason == NULL ? "no answer" : reason, body == NULL ? "" : body);
}
