#include "stream_parts.h"

PfStream *
pf_stream_new (const char *open)
{
  static gint last_id = 0;
  PfStream *stream = g_new0 (PfStream, 1);
  stream->references = 1;
  do
    stream->id = (guint32) g_atomic_int_add (&last_id, 1) + 1;
  while (stream->id == 0);
  stream->open = g_strdup (open);
  g_mutex_init (&stream->lock);
  g_cond_init (&stream->changed);
  g_queue_init (&stream->items);
  return stream;
}

PfStream *
pf_stream_ref (PfStream *stream)
{
  g_atomic_int_inc (&stream->references);
  return stream;
}

void
pf_stream_unref (PfStream *stream)
{
  if (!g_atomic_int_dec_and_test (&stream->references))
    return;
  pf_stream_clear (stream);
  g_clear_pointer (&stream->answer, gst_structure_free);
  gst_clear_object (&stream->clock);
  g_mutex_clear (&stream->lock);
  g_cond_clear (&stream->changed);
  g_free (stream->open);
  g_free (stream);
}

guint32
pf_stream_id (PfStream *stream)
{
  return stream->id;
}

const char *
pf_stream_open (PfStream *stream)
{
  return stream->open;
}

PfItem *
pf_stream_take (PfStream *stream, gint64 until)
{
  g_mutex_lock (&stream->lock);
  PfItem *item = pf_stream_next (stream);
  while (item == NULL && !stream->stopped
         && g_cond_wait_until (&stream->changed, &stream->lock, until))
    item = pf_stream_next (stream);
  g_mutex_unlock (&stream->lock);
  return item;
}

void
pf_stream_stop (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  stream->stopped = TRUE;
  pf_stream_clear (stream);
  g_cond_broadcast (&stream->changed);
  g_mutex_unlock (&stream->lock);
}

gboolean
pf_stream_stopped (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  gboolean stopped = stream->stopped;
  g_mutex_unlock (&stream->lock);
  return stopped;
}

gboolean
pf_stream_play (PfStream *stream, GstClock *clock)
{
  g_mutex_lock (&stream->lock);
  gboolean paused = stream->flow == PF_FLOW_PAUSED;
  stream->flow = PF_FLOW_PLAYING;
  gst_object_replace ((GstObject **) &stream->clock, (GstObject *) clock);
  g_cond_broadcast (&stream->changed);
  g_mutex_unlock (&stream->lock);
  return paused;
}

void
pf_stream_pause (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  stream->flow = PF_FLOW_PAUSED;
  pf_stream_drop_packets (stream);
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_end (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  pf_stream_put (stream, pf_item_new (PF_ITEM_EOS));
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_ignore (PfStream *stream, guint track)
{
  g_mutex_lock (&stream->lock);
  stream->tracks[track].ignored = TRUE;
  g_mutex_unlock (&stream->lock);
}

guint32
pf_stream_ask (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  if (++stream->asked == PF_STREAM_UNASKED)
    stream->asked++;
  guint32 number = stream->asked;
  g_mutex_unlock (&stream->lock);
  return number;
}

GstStructure *
pf_stream_answer (PfStream *stream, guint32 number, gint64 wait)
{
  gint64 until = g_get_monotonic_time () + wait;
  g_mutex_lock (&stream->lock);
  while (stream->answered != number && !stream->stopped
         && g_cond_wait_until (&stream->changed, &stream->lock, until))
    continue;
  GstStructure *answer = stream->answer == NULL ? NULL : gst_structure_copy (stream->answer);
  g_mutex_unlock (&stream->lock);
  return answer;
}

void
pf_stream_event (PfStream *stream, GstStructure *event)
{
  PfItem *item = pf_item_new (PF_ITEM_EVENT);
  item->structure = event;
  g_mutex_lock (&stream->lock);
  pf_stream_put (stream, item);
  g_mutex_unlock (&stream->lock);
}

void
pf_stream_restarted (PfStream *stream, GstStructure *reason)
{
  g_mutex_lock (&stream->lock);
  for (guint i = 0; i < PF_MAX_TRACKS; i++)
    stream->tracks[i].numbers.again = TRUE;
  g_mutex_unlock (&stream->lock);
  pf_stream_event (stream, reason);
}

void
pf_stream_fail (PfStream *stream, const char *kind, const char *text)
{
  PfItem *item = pf_item_new (PF_ITEM_ERROR);
  item->structure =
      gst_structure_new ("error", "kind", G_TYPE_STRING, kind, "text", G_TYPE_STRING, text, NULL);
  g_mutex_lock (&stream->lock);
  pf_stream_put (stream, item);
  g_mutex_unlock (&stream->lock);
}

gboolean
pf_stream_over (PfStream *stream)
{
  g_mutex_lock (&stream->lock);
  gboolean over = stream->over;
  g_mutex_unlock (&stream->lock);
  return over;
}
